namespace PelNas.Functions.Tests.Support;

/// <summary>A store at whose reads <see cref="Twins"/> wait for each other.</summary>
internal sealed class TwinRows(IRowStore inner) : PassingRows(inner)
{
    // Ledgers and cached answers are read in turns: one who waits for the other within its turn would wait for ever.
    protected override Task BeforeReadAsync(string table, string partition, string? key)
        => Twins.Current is { } twins && table != "LlmCache" && key != "ledger" ? twins.MeetAsync() : Task.CompletedTask;
}
