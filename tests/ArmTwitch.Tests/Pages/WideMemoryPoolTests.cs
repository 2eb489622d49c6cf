using ArmTwitch.Pages;

namespace ArmTwitch.Tests.Pages;

public sealed class WideMemoryPoolTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(32 * 1024)]
    public void Every_piece_holds_a_whole_page(int asked)
    {
        using var pool = new WideMemoryPool();

        using var piece = pool.Rent(asked);

        Assert.Equal(32 * 1024, piece.Memory.Length);
    }

    [Fact]
    public void More_than_a_piece_cannot_be_had()
    {
        using var pool = new WideMemoryPool();

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(pool.MaxBufferSize + 1));
    }

    [Fact]
    public void A_piece_that_is_in_use_is_never_given_out_twice()
    {
        using var pool = new WideMemoryPool();

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
        using var pool = new WideMemoryPool();
        var piece = pool.Rent();

        piece.Dispose();

        Assert.Same(piece, pool.Rent());
    }
}
