namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>When a promotion is killed; those between the first two and the last come one after the other.</summary>
internal enum KillPoint
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>At a moment drawn from how long promotions take.</summary>
    Moment,

    /// <summary>The commit's tree is made; nothing points to the commit yet.</summary>
    Drafted,

    /// <summary>The remote has the commit's objects and has not moved its branch.</summary>
    PushBegun,

    /// <summary>The remote has moved its branch; the client does not know it.</summary>
    PushDone,

    /// <summary>The clone's journal stands; files are being written.</summary>
    Journal,

    /// <summary>The files are written; the clone's branch is locked and about to move.</summary>
    FilesWritten,

    /// <summary>The clone's branch has moved; its index has not.</summary>
    BranchMoved,
}
