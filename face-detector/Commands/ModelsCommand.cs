using System.CommandLine;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary><c>face-detector models</c>: what models there are, getting them, checking them.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Lists, pulls and verifies models.")
    {
        ModelsListCommand.Create(),
        ModelsPullCommand.Create(),
        ModelsVerifyCommand.Create(),
    };

    /// <summary>The entries of these names, or all when none is given.</summary>
    /// <exception cref="CommandException">A name is in no catalogue.</exception>
    internal static IReadOnlyList<CatalogueEntry> Select(ModelCatalogue catalogue, string[] names)
        => names.Length == 0
            ? catalogue.Entries
            : [.. names.Select(name => catalogue.Find(name)
                ?? throw new CommandException($"There is no model '{name}'; known: {catalogue.Names()}."))];
}
