using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace ArmTwitch.Pages;

/// <summary>The memory that requests and answers pass through, in pieces that hold a whole page.</summary>
/// <remarks>
/// Kestrel's own pieces are 4 KiB: a page becomes five of them, and over TLS every one is encrypted, framed and copied by itself.
/// In one piece a page costs a third less over HTTP/2 (docs/performance.md).
/// </remarks>
internal sealed class WideMemoryPool : MemoryPool<byte>
{
    private const int MostKept = 1024;

    /// <summary>The one that this thread gave back last is still in the processor's cache.</summary>
    [ThreadStatic]
    private static Block? warm;

    private readonly ConcurrentQueue<Block> kept = new();

    /// <summary>The length of every piece, in bytes; longer ones cannot be had.</summary>
    public override int MaxBufferSize => 32 * 1024;

    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxBufferSize"/> is asked for.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        if (warm is { } mine && mine.Pool == this)
        {
            warm = null;
            return mine;
        }

        return kept.TryDequeue(out var block) ? block : new Block(this);
    }

    protected override void Dispose(bool disposing) => kept.Clear();

    private void Keep(Block block)
    {
        if (warm is null)
            warm = block;
        else if (kept.Count < MostKept)
            kept.Enqueue(block);
    }

    private sealed class Block(WideMemoryPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(pool.MaxBufferSize, pinned: true);

        public WideMemoryPool Pool => pool;

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(bytes, 0, bytes.Length);

        public void Dispose() => pool.Keep(this);
    }

    /// <summary>Where the server gets its pools from.</summary>
    internal sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new WideMemoryPool();
    }
}
