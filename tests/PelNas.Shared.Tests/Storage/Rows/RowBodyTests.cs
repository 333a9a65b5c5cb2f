namespace PelNas.Shared.Tests.Storage.Rows;

public sealed class RowBodyTests
{
    private static readonly RowId Id = new("Things", "p", "k");

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("""{"a":1}""")]
    public void What_compression_does_not_shorten_is_stored_as_it_is(string body)
    {
        byte[] stored = RowBody.Pack(Id, body);
        stored.ShouldBe(Encoding.UTF8.GetBytes(body));
        RowBody.Unpack(stored).ShouldBe(body);
    }

    [Fact]
    public void JSON_of_one_candidate_is_stored_in_fewer_bytes_than_it_has_characters()
    {
        string body = """
            {"index":12345,"generation":3,"origin":"mutation","rationale":"Replace the pooling on edge 2 with a convolution","accuracy":93.12}
            """;
        byte[] stored = RowBody.Pack(Id, body);
        stored.Length.ShouldBeLessThan(body.Length * 9 / 10);
        RowBody.Unpack(stored).ShouldBe(body);
    }

    [Fact]
    public void Bodies_of_every_length_come_back()
    {
        string text = string.Concat(Enumerable.Range(0, 400).Select(number => $"{number},é世🚀"));
        foreach (int length in Enumerable.Range(0, text.Length).Where(length => length == 0 || !char.IsHighSurrogate(text[length - 1])))
        {
            RowBody.Unpack(RowBody.Pack(Id, text[..length])).ShouldBe(text[..length]);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xFF, 5, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 0xFF, 5, 0, 0, 0, 1, 2, 3 })]
    public void Damaged_bytes_are_told_from_bodies(byte[] stored) => Should.Throw<InvalidDataException>(() => RowBody.Unpack(stored));

    [Fact]
    public void A_compressed_body_that_was_cut_or_changed_is_told()
    {
        byte[] stored = RowBody.Pack(Id, new string('x', 1_000));
        stored[0].ShouldBe((byte)0xFF);
        Should.Throw<InvalidDataException>(() => RowBody.Unpack(stored.AsSpan(..^1)));
        stored[1]++;
        Should.Throw<InvalidDataException>(() => RowBody.Unpack(stored));
    }
}
