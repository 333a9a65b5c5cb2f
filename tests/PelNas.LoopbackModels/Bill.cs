namespace PelNas.LoopbackModels;

/// <summary>What a server has billed.</summary>
/// <param name="Requests">Requests that the model worked on.</param>
/// <param name="InputTokens">Their prompt tokens.</param>
/// <param name="OutputTokens">Their answer tokens.</param>
public sealed record Bill(int Requests, long InputTokens, long OutputTokens)
{
    public static Bill Empty { get; } = new(0, 0, 0);

    public Bill With(int inputTokens, int outputTokens) => new(Requests + 1, InputTokens + inputTokens, OutputTokens + outputTokens);
}
