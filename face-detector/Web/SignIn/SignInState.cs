namespace FaceEdge.Web.SignIn;

/// <summary>What the sign-in page says.</summary>
internal enum SignInState
{
    /// <summary>The key, please.</summary>
    Asked,

    /// <summary>It was another key.</summary>
    Wrong,

    /// <summary>There were too many wrong keys.</summary>
    TooMany,

    /// <summary>This visitor is in, and may leave.</summary>
    SignedIn,
}
