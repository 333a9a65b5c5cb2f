namespace PelNas.Shared.Tests.Pareto;

public sealed class RadixSortTests
{
    /// <summary>256 is where digits begin to be counted; a digit that all keys share is passed over.</summary>
    [Theory]
    [InlineData(0, uint.MaxValue)]
    [InlineData(1, uint.MaxValue)]
    [InlineData(255, 0x0000_0003)]
    [InlineData(256, 0x0000_0003)]
    [InlineData(3_000, uint.MaxValue)]
    [InlineData(3_000, 0x0000_0000)]
    [InlineData(3_000, 0x0000_00FF)]
    [InlineData(3_000, 0xFF00_0000)]
    [InlineData(3_000, 0x00FF_00FF)]
    [InlineData(3_000, 0x00F0_FFFF)]
    public void Items_ascend_by_key_and_equal_keys_keep_their_order(int count, uint keyBits)
    {
        Random random = new(count);
        ulong[] items = new ulong[count];
        for (int payload = 0; payload < count; payload++)
        {
            items[payload] = ((ulong)((uint)random.NextInt64() & keyBits) << 32) | (uint)payload;
        }

        ulong[] expected = [.. items.OrderBy(item => item >> 32)];

        RadixSort.Sort(items, new ulong[count]);

        items.ShouldBe(expected);
    }
}
