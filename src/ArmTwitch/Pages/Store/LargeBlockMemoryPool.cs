using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace ArmTwitch.Pages.Store;

/// <summary>The memory pool of Kestrel, with blocks large enough for a whole page.</summary>
/// <remarks>
/// Kestrel's own blocks are 4 KiB: a page takes five, and over TLS each is encrypted, framed and copied by itself. In one block a page
/// costs a third less over HTTP/2 (docs/performance.md).
/// </remarks>
internal sealed class LargeBlockMemoryPool : MemoryPool<byte>
{
    private const int MostKept = 1024;

    /// <summary>The block that this thread returned last; it is still in the processor's cache.</summary>
    [ThreadStatic]
    private static PooledBlock? warm;

    /// <summary>What this thread's next <see cref="Rent"/> returns in place of a pooled block.</summary>
    [ThreadStatic]
    private static BorrowedBlock? next;

    /// <summary>Last in, first out: few blocks are in use at a time, and they stay in the processor's cache.</summary>
    private readonly ConcurrentStack<PooledBlock> kept = new();

    private int count;

    /// <summary>The length of every block, in bytes; a longer one cannot be rented.</summary>
    public override int MaxBufferSize => 32 * 1024;

    /// <summary>
    /// Writes the last bytes of a response. An empty writer, such as that of a new HTTP/2 stream, takes the block itself as its buffer,
    /// which saves one copy; any other writer copies the bytes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The writer is completed.</exception>
    public static void Write(PipeWriter writer, BorrowedBlock block)
    {
        var room = GetMemoryFor(writer, block);
        if (!block.IsSameMemory(room))
            block.Bytes.CopyTo(room);
        writer.Advance(block.Bytes.Length);
    }

    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxBufferSize"/> is asked for.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        if (next is { } borrowed)
        {
            next = null;
            return borrowed;
        }

        if (warm is { } own && own.Pool == this)
        {
            warm = null;
            return own;
        }

        if (!kept.TryPop(out var block))
            return new PooledBlock(this);
        Interlocked.Decrement(ref count);
        return block;
    }

    /// <summary>The block is withdrawn in any case: rented by another request, it would be overwritten with that one's bytes.</summary>
    private static Span<byte> GetMemoryFor(PipeWriter writer, BorrowedBlock block)
    {
        try
        {
            next = block;
            return writer.GetSpan(block.Bytes.Length);
        }
        finally
        {
            next = null;
        }
    }

    protected override void Dispose(bool disposing) => kept.Clear();

    private void ReturnBlock(PooledBlock block)
    {
        if (warm is null)
            warm = block;
        else if (Interlocked.Increment(ref count) <= MostKept)
            kept.Push(block);
        else
            Interlocked.Decrement(ref count);
    }

    /// <summary>Bytes of a stored page, which must not be written to. The block has no room for anything else.</summary>
    internal sealed class BorrowedBlock(byte[] bytes) : IMemoryOwner<byte>
    {
        public ReadOnlySpan<byte> Bytes => bytes;

        Memory<byte> IMemoryOwner<byte>.Memory => bytes;

        public bool IsSameMemory(Span<byte> room) =>
            Unsafe.AreSame(ref MemoryMarshal.GetReference(room), ref MemoryMarshal.GetArrayDataReference(bytes));

        public void Dispose()
        {
            // The page store owns the bytes.
        }
    }

    private sealed class PooledBlock(LargeBlockMemoryPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(pool.MaxBufferSize, pinned: true);

        public LargeBlockMemoryPool Pool => pool;

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(bytes, 0, bytes.Length);

        public void Dispose() => pool.ReturnBlock(this);
    }

    /// <summary>Makes the pools of Kestrel.</summary>
    internal sealed class PoolFactory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockMemoryPool();
    }
}
