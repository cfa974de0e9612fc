namespace FaceEdge.Web.Security;

/// <summary>Why a change is not taken.</summary>
/// <param name="Status">401, 403 or 429.</param>
/// <param name="Detail">What to do.</param>
internal sealed record ChangeRefusal(int Status, string Detail)
{
    public IResult ToResult() => TypedResults.Problem(Detail, statusCode: Status, title: "Not allowed to change anything");
}
