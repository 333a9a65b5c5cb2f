using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Tokenizers;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Scale;

/// <summary>
/// <c>scale REQUESTS RUN-REQUESTS CPU</c>: measures the tokens of the default search, takes its requests from <c>-- cost</c> and its
/// processor time in the app from <c>-- load searches-at-once</c>, and prints what follows (docs/scale.md).
/// </summary>
internal static class ScaleRun
{
    private const int Searches = 8;
    private const double TokensPerMinute = 100_000;
    private const int Cores = 2;

    public static async Task RunAsync(TextWriter output, int requests, int runRequests, double cpuSeconds)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        using TokenCounter chat = new(new OfflineChatClient(tables.Space));
        for (int seed = 1; seed <= Searches; seed++)
        {
            await SearchAsync(tables, chat, seed);
        }

        SearchRequest request = new() { Dataset = "cifar10", Device = "fpga" };
        SearchUse use = new(
            request.Generations, request.Partitions, requests, runRequests, cpuSeconds, chat.Calls / Searches, chat.Input / Searches,
            chat.Output / Searches);
        Print(output, use);
    }

    private static void Print(TextWriter output, SearchUse use)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A search: {use.TableRequests} table requests ({use.RunRequests} of the runs' partition), {use.Activities} activities, "
                + $"{use.SubOrchestrations} sub-orchestrations, {use.Messages} messages, {use.CpuSeconds:0.0} s of CPU, {use.Calls} "
                + $"calls, {use.InputTokens:N0} + {use.OutputTokens:N0} tokens."));
        IReadOnlyList<ScaleLimit> limits = ScaleModel.Limits(use, TokensPerMinute, Cores);
        output.WriteLine("\n| limit | searches an hour |\n|---|---:|");
        foreach (ScaleLimit limit in limits.OrderBy(limit => limit.SearchesPerHour))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {limit.Name} | {limit.SearchesPerHour:N0} |"));
        }

        output.WriteLine($"\n| searches a night of {ScaleModel.NightHours} hours | beyond |\n|---:|---|");
        foreach (int searches in (int[])[100, 1000, 10_000])
        {
            string beyond = string.Join("; ", ScaleModel.Beyond(limits, searches).Select(limit => string.Create(
                CultureInfo.InvariantCulture, $"{limit.Name} ({searches / (limit.SearchesPerHour * ScaleModel.NightHours):0.#} times)")));
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"| {searches:N0} | {(beyond.Length == 0 ? "nothing" : beyond)} |"));
        }
    }

    private static async Task SearchAsync(BenchmarkTables tables, IChatClient chat, int seed)
    {
        await using ServiceProvider services = PelNasStrategy.Services(
            tables, new MemoryRowStore(), chat, TimeProvider.System, new TabularOracle());
        await services.GetRequiredService<InProcessSearch>().RunAsync(
            RunIds.Create(TimeProvider.System.GetUtcNow(), "scale"),
            new SearchRequest { Dataset = "cifar10", Device = "fpga", Seed = seed }, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Counts tokens of the o200k encoding; the stand-in's answers are as long as a model's of the same content.</summary>
    private sealed class TokenCounter(IChatClient inner) : DelegatingChatClient(inner)
    {
        private readonly TiktokenTokenizer _tokenizer = TiktokenTokenizer.CreateForModel("gpt-4o");

        public int Calls { get; private set; }

        public long Input { get; private set; }

        public long Output { get; private set; }

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatMessage[] prompt = [.. messages];
            ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken);
            Calls++;
            Input += prompt.Sum(message => _tokenizer.CountTokens(message.Text));
            Output += _tokenizer.CountTokens(response.Text);
            return response;
        }
    }
}
