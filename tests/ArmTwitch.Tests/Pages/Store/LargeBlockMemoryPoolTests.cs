using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Tests.Pages.Store;

public sealed class LargeBlockMemoryPoolTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(32 * 1024)]
    public void Every_piece_holds_a_whole_page(int asked)
    {
        using var pool = new LargeBlockMemoryPool();

        using var piece = pool.Rent(asked);

        Assert.Equal(32 * 1024, piece.Memory.Length);
    }

    [Fact]
    public void More_than_a_piece_cannot_be_had()
    {
        using var pool = new LargeBlockMemoryPool();

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(pool.MaxBufferSize + 1));
    }

    [Fact]
    public void A_piece_that_is_in_use_is_never_given_out_twice()
    {
        using var pool = new LargeBlockMemoryPool();

        Parallel.For(0, 10_000, turn =>
        {
            using var first = pool.Rent();
            using var second = pool.Rent();
            BitConverter.TryWriteBytes(first.Memory.Span, turn);
            BitConverter.TryWriteBytes(second.Memory.Span, ~turn);
            Assert.Equal(turn, BitConverter.ToInt32(first.Memory.Span));
            Assert.Equal(~turn, BitConverter.ToInt32(second.Memory.Span));
        });
    }

    [Fact]
    public void A_piece_that_came_back_is_used_again()
    {
        using var pool = new LargeBlockMemoryPool();
        var piece = pool.Rent();

        piece.Dispose();

        Assert.Same(piece, pool.Rent());
    }

    [Fact]
    public async Task Lent_bytes_are_sent_from_where_they_lie()
    {
        using var pool = new LargeBlockMemoryPool();
        var (pipe, page) = (new Pipe(new PipeOptions(pool)), "a page"u8.ToArray());

        LargeBlockMemoryPool.Write(pipe.Writer, new(page));
        await pipe.Writer.FlushAsync(TestContext.Current.CancellationToken);
        var sent = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.True(MemoryMarshal.TryGetArray(sent.Buffer.First, out var piece));
        Assert.Same(page, piece.Array);
    }

    [Fact]
    public async Task What_stands_around_lent_bytes_never_gets_into_them()
    {
        using var pool = new LargeBlockMemoryPool();
        var (pipe, page) = (new Pipe(new PipeOptions(pool)), "a page"u8.ToArray());
        var block = new LargeBlockMemoryPool.BorrowedBlock(page);

        LargeBlockMemoryPool.Write(pipe.Writer, block);
        pipe.Writer.Write(", then more, "u8);
        LargeBlockMemoryPool.Write(pipe.Writer, block);
        pipe.Writer.Write("."u8);
        await pipe.Writer.CompleteAsync();

        using var all = new StreamReader(pipe.Reader.AsStream());
        Assert.Equal("a page, then more, a page.", await all.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("a page"u8, page);
    }

    [Fact]
    public async Task A_loan_that_a_writer_refuses_is_lent_to_nobody_else()
    {
        using var pool = new LargeBlockMemoryPool();
        var closed = new Pipe(new PipeOptions(pool));
        await closed.Writer.CompleteAsync();

        Assert.Throws<InvalidOperationException>(() => LargeBlockMemoryPool.Write(closed.Writer, new("a page"u8.ToArray())));

        using var piece = pool.Rent();
        Assert.Equal(32 * 1024, piece.Memory.Length);
    }

    [Fact]
    public void A_loan_that_is_not_taken_is_lent_to_nobody_else()
    {
        using var pool = new LargeBlockMemoryPool();
        var page = "a page"u8.ToArray();
        var elsewhere = new Pipe();

        LargeBlockMemoryPool.Write(elsewhere.Writer, new(page));

        using var piece = pool.Rent();
        Assert.Equal(32 * 1024, piece.Memory.Length);
    }
}
