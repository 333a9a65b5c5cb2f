using System.Reflection;

namespace PelNas.Shared.Tests.Llm.Budget;

public sealed class TokenBoundsTests
{
    private static readonly TokenBounds Bounds = new(LeastInput: 10, MostInput: 2000, MostOutput: 500);

    /// <summary>Counts in, out, in all, from the cache, of reasoning.</summary>
    public static TheoryData<long?, long?, long?, long?, long?> Untrue => new()
    {
        { null, null, null, null, null }, { null, 50, null, null, null }, { 100, null, null, null, null },
        { 0, 0, 0, null, null }, { 100, 0, 100, null, null }, { 0, 50, 50, null, null },
        { -100, -50, -150, null, null }, { 100, -50, 50, null, null },
        { long.MinValue, long.MinValue, null, null, null }, { long.MaxValue, long.MaxValue, null, null, null },
        { 9, 50, null, null, null }, { 2001, 50, null, null, null }, { 100, 1, null, null, null }, { 100, 501, null, null, null },
        { 100, 50, 149, null, null }, { 100, 50, 151, null, null }, { 100, 50, -150, null, null },
        { 100, 50, 150, 101, null }, { 100, 50, 150, -1, null }, { 100, 50, 150, null, 51 }, { 100, 50, 150, null, -1 },
    };

    [Theory]
    [MemberData(nameof(Untrue))]
    public void A_count_that_is_missing_or_cannot_be_is_not_taken(long? input, long? output, long? total, long? cached, long? reasoning)
        => Bounds.Confirm(Response(input, output, total, cached, reasoning)).ShouldBeNull();

    [Theory]
    [InlineData(100L, 50L, 150L, null, null)]
    [InlineData(100L, 50L, null, null, null)]
    [InlineData(100L, 50L, 0L, null, null)]
    [InlineData(100L, 50L, 150L, 0L, 0L)]
    [InlineData(100L, 50L, 150L, 100L, 50L)]
    [InlineData(10L, 2L, 12L, null, null)]
    [InlineData(2000L, 500L, 2500L, null, null)]
    public void A_count_that_can_be_is_taken(long input, long output, long? total, long? cached, long? reasoning)
        => Bounds.Confirm(Response(input, output, total, cached, reasoning)).ShouldBe((input, output));

    [Fact]
    public void No_usage_confirms_nothing() => Bounds.Confirm(new ChatResponse(new ChatMessage(ChatRole.Assistant, "{}"))).ShouldBeNull();

    [Fact]
    public void All_that_the_model_wrote_counts()
    {
        string half = new('a', TokenBounds.LongestToken);
        ChatMessage message = new(ChatRole.Assistant, [new TextContent(half), new TextReasoningContent(half), new ErrorContent(half)]);

        Bounds.Confirm(new ChatResponse(message) { Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 2 } })
            .ShouldBeNull();
        Bounds.Confirm(new ChatResponse(message) { Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 3 } })
            .ShouldBe((100, 3));
    }

    [Theory]
    [InlineData("Propose six cells.")]
    [InlineData(
        "                                                                                                                                ")]
    [InlineData("\u5fae\u4fe1\u516c\u4f17\u53f7\u5929\u5929\u4e2d\u5f69\u7968 \U0001F469\u200D\U0001F52C \u0e01\u0e33\u0e25\u0e31\u0e07")]
    [InlineData("{\"architecture\":\"|nor_conv_3x3~0|+|skip_connect~0|none~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|\"}")]
    public void A_text_has_no_fewer_tokens_than_the_lower_bound_and_no_more_than_the_upper_one(string text)
    {
        TokenBounds bounds = TokenBounds.Of([new ChatMessage(ChatRole.User, text)], new ChatOptions { MaxOutputTokens = 7 });

        TokenEstimate.CountTokens(text).ShouldBeInRange((int)bounds.LeastInput, (int)bounds.MostInput);
        bounds.MostOutput.ShouldBe(7);
    }

    [Fact]
    public void A_schema_counts_upwards_only()
    {
        ChatMessage[] prompt = [new(ChatRole.User, "Answer.")];
        ChatOptions plain = new() { MaxOutputTokens = 7 };
        ChatOptions strict = new() { MaxOutputTokens = 7, ResponseFormat = ChatResponseFormat.ForJsonSchema<string[]>() };
        int schema = Encoding.UTF8.GetByteCount(((ChatResponseFormatJson)strict.ResponseFormat).Schema!.Value.GetRawText());

        TokenBounds.Of(prompt, strict)
            .ShouldBe(TokenBounds.Of(prompt, plain) with { MostInput = TokenBounds.Of(prompt, plain).MostInput + schema });
    }

    [Fact]
    public void A_call_without_a_limit_of_answer_tokens_has_no_bounds()
        => Should.Throw<ArgumentException>(
            () => TokenBounds.Of([new ChatMessage(ChatRole.User, "Answer.")], new ChatOptions())).Message.ShouldContain("MaxOutputTokens");

    [Fact]
    public void The_longest_token_is_that_of_the_vocabulary_of_current_models()
    {
        // After a line with their number, each is a token in base 64, a space and its rank.
        using Stream packed = Assembly.Load("Microsoft.ML.Tokenizers.Data.O200kBase")
            .GetManifestResourceStream("o200k_base.tiktoken.deflate")!;
        using StreamReader lines = new(new DeflateStream(packed, CompressionMode.Decompress));
        lines.ReadLine().ShouldNotBeNull().ShouldStartWith("Capacity");
        string[] tokens = [.. lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];

        tokens.Length.ShouldBeGreaterThan(190_000);
        tokens.Max(token => Convert.FromBase64String(token).Length).ShouldBe(TokenBounds.LongestToken);
    }

    private static ChatResponse Response(long? input, long? output, long? total, long? cached, long? reasoning)
        // 200 bytes: two tokens at least.
        => new(new ChatMessage(ChatRole.Assistant, new string('a', 200)))
        {
            Usage = new UsageDetails
            {
                InputTokenCount = input,
                OutputTokenCount = output,
                TotalTokenCount = total,
                CachedInputTokenCount = cached,
                ReasoningTokenCount = reasoning,
            },
        };
}
