namespace FaceEdge.Demo;

/// <summary>How the pictures of a dump differ from each other.</summary>
internal enum DumpKind
{
    /// <summary>One scene, frame after frame.</summary>
    Moving,

    /// <summary>The demo's scenery with new people in each picture.</summary>
    Shuffled,

    /// <summary>Each picture with its own people, scenery, light and camera.</summary>
    Varied,
}
