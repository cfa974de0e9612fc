namespace FaceEdge.Commands;

/// <summary>A picture on the disk.</summary>
/// <param name="Path">As the user wrote it, or the user's folder and the path below it.</param>
/// <param name="Name">Below the user's folder, or the file's name alone.</param>
internal sealed record PictureFile(string Path, string Name);
