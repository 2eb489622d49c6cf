using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace ArmTwitch.Pages.Store;

/// <summary>The memory that requests and answers pass through, in pieces that hold a whole page.</summary>
/// <remarks>
/// Kestrel's own pieces are 4 KiB: a page becomes five of them, and over TLS every one is encrypted, framed and copied by itself.
/// In one piece a page costs a third less over HTTP/2 (docs/performance.md).
/// </remarks>
internal sealed class LargeBlockMemoryPool : MemoryPool<byte>
{
    private const int MostKept = 1024;

    /// <summary>The one that this thread gave back last is still in the processor's cache.</summary>
    [ThreadStatic]
    private static PooledBlock? warm;

    /// <summary>What this thread lends in place of the next piece.</summary>
    [ThreadStatic]
    private static BorrowedBlock? next;

    /// <summary>Those given back last are taken first: few are in use at a time, and they stay in the processor's cache.</summary>
    private readonly ConcurrentStack<PooledBlock> kept = new();

    private int count;

    /// <summary>The length of every piece, in bytes; longer ones cannot be had.</summary>
    public override int MaxBufferSize => 32 * 1024;

    /// <summary>
    /// Writes a loan as the last there is to write. A writer that has nothing before it, as that of an HTTP/2 stream, takes it as a
    /// piece of its own, so that the bytes are copied once less for each answer; any other writer copies them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The writer takes nothing any more.</exception>
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
        if (next is { } loan)
        {
            next = null;
            return loan;
        }

        if (warm is { } mine && mine.Pool == this)
        {
            warm = null;
            return mine;
        }

        if (!kept.TryPop(out var block))
            return new PooledBlock(this);
        Interlocked.Decrement(ref count);
        return block;
    }

    /// <summary>Whatever becomes of it here: left lying, the loan would be the room for somebody else's bytes.</summary>
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

    /// <summary>Bytes that never change, lent to whoever sends them. There is no room behind them for anything else.</summary>
    internal sealed class BorrowedBlock(byte[] bytes) : IMemoryOwner<byte>
    {
        public ReadOnlySpan<byte> Bytes => bytes;

        Memory<byte> IMemoryOwner<byte>.Memory => bytes;

        public bool IsSameMemory(Span<byte> room) =>
            Unsafe.AreSame(ref MemoryMarshal.GetReference(room), ref MemoryMarshal.GetArrayDataReference(bytes));

        public void Dispose()
        {
            // They stay where they are.
        }
    }

    private sealed class PooledBlock(LargeBlockMemoryPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(pool.MaxBufferSize, pinned: true);

        public LargeBlockMemoryPool Pool => pool;

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(bytes, 0, bytes.Length);

        public void Dispose() => pool.ReturnBlock(this);
    }

    /// <summary>Where the server gets its pools from.</summary>
    internal sealed class PoolFactory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockMemoryPool();
    }
}
