using System.Globalization;

namespace FaceEdge.Contracts;

/// <summary>A number of things in words.</summary>
internal static class Quantity
{
    /// <summary>"1 file", "3 files", "1,200 files".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one of them, whose plural takes an s.</param>
    public static string Of(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");

    /// <summary>The same at the start of a sentence: "One file", "3 files".</summary>
    public static string AtStart(int count, string one) => count == 1 ? $"One {one}" : Of(count, one);

    /// <summary>The verb after it: "1 file is", "3 files are".</summary>
    public static string IsOrAre(int count) => count == 1 ? "is" : "are";

    /// <summary>The verb after it: "1 file changes", "3 files change".</summary>
    /// <param name="count">How many.</param>
    /// <param name="verb">As of many, whose singular takes an s.</param>
    public static string Verb(int count, string verb) => count == 1 ? verb + "s" : verb;

    /// <summary>"a, b, c and 4 more".</summary>
    /// <param name="names">All of them.</param>
    /// <param name="most">How many are named.</param>
    public static string List(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");
}
