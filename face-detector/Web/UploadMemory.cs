using FaceEdge.Configuration;

namespace FaceEdge.Web;

/// <summary>
/// Counts the bytes of pictures that are still arriving, all senders together, and lets no more in than <see cref="Share"/> pictures of the
/// largest size allowed. What a sender holds is what it has sent: a slow one keeps next to nothing from others.
/// </summary>
internal sealed class UploadMemory
{
    private const int Share = 2;

    private readonly long _most;
    private long _held;

    public UploadMemory(ServiceOptions options) => _most = (long)Share * options.Upload.Limits.MaxBytes;

    /// <summary>The count of one sender; dispose it when its bytes are no longer kept.</summary>
    public Account Open() => new(this);

    /// <summary>What one sender holds.</summary>
    internal sealed class Account : IDisposable
    {
        private readonly UploadMemory _memory;
        private long _held;

        public Account(UploadMemory memory) => _memory = memory;

        /// <summary>Counts all that has arrived from this sender; false when all senders together hold too much.</summary>
        /// <param name="bytes">In all, not less than before.</param>
        public bool TryHold(long bytes)
        {
            var more = bytes - _held;
            if (Interlocked.Add(ref _memory._held, more) > _memory._most)
            {
                Interlocked.Add(ref _memory._held, -more);
                return false;
            }

            _held = bytes;
            return true;
        }

        public void Dispose()
        {
            Interlocked.Add(ref _memory._held, -_held);
            _held = 0;
        }
    }
}
