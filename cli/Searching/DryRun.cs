using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Cli.Hosting;
using PelNas.Functions;
using PelNas.Shared;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Chat;
using PelNas.Shared.Chat.Budget;
using PelNas.Shared.Chat.Providers;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Searching;

/// <summary><c>pelnas search --dry-run</c>: what a search may cost at most. Nobody is asked and nothing is written.</summary>
internal static class DryRun
{
    public static async Task<int> RunAsync(SearchJob job, CancellationToken cancellationToken)
    {
        SearchRequest request = job.Request ?? throw new UsageException("--dry-run cannot be given with --resume: estimate the search before it starts.");
        using ScratchFolder scratch = new();

        // The store is only read, for latency tables that were uploaded; where there is none yet, none is made.
        bool hasStore = job.Store is not null || File.Exists(PelNasServices.StorePath(job.DataDirectory));
        using IHost host = LocalApp.Build(
            hasStore ? job.DataDirectory : scratch.Path,
            job.TablesDirectory,
            scratch.File("history.db"),
            options => options.DataDirectory = scratch.Path,
            LogLevel.Warning,
            job.Settings,
            job.Store);
        await SearchRunner.CheckAsync(job, host.Services, cancellationToken);
        Proposer proposer = host.Services.GetRequiredService<Proposer>();
        RunContexts contexts = host.Services.GetRequiredService<RunContexts>();
        BenchmarkContext benchmark = await host.Services.GetRequiredService<BenchmarkCatalog>()
            .GetContextAsync(request.Dataset, request.Device, tableVersion: null, cancellationToken);
        RunRow run = new()
        {
            RunId = RunIds.Create(DateTimeOffset.UnixEpoch, "dry-run"),
            Request = request,
            Partitions = contexts.Map(request, benchmark).Plans,
            Proposer = proposer.Name,
            Predictor = "",
            StartedAt = DateTimeOffset.UnixEpoch,
        };
        SearchEstimate estimate = SearchEstimate.Of(
            await contexts.OfAsync(run, cancellationToken),
            proposer.IsOffline ? new ModelPrice("offline", 0, 0, "") : proposer.Price,
            host.Services.GetRequiredService<IOptions<ChatProviderOptions>>().Value.ReasoningTokens);
        Console.Out.WriteLine(job.Json ? JsonSerializer.Serialize(estimate, PelNasJson.Indented) : Describe(proposer, estimate, request));
        return ExitCode.Done;
    }

    private static string Describe(Proposer proposer, SearchEstimate estimate, SearchRequest request)
    {
        string cost = (proposer.IsOffline, estimate.Usd) switch
        {
            (true, _) => "offline: no LLM is asked, nothing is paid",
            (_, { } usd) => string.Create(
                CultureInfo.InvariantCulture,
                $"at most {usd:0.00} US dollars ({proposer.Price!.InputUsdPerMillion} and {proposer.Price.OutputUsdPerMillion} for a million tokens in and out, {proposer.Price.AsOf})"),
            _ => "the price is not known; set PelNas:Chat:PriceModel, or InputUsdPerMillion and OutputUsdPerMillion",
        };
        string limits = (request.MaxLlmCalls, request.MaxUsd) switch
        {
            (null, null) => "no limit is set; --max-llm-calls and --max-usd set one",
            _ => $"the search stops before it exceeds{(request.MaxLlmCalls is { } calls ? $" {calls} calls" : "")}{(request.MaxUsd is { } limit ? string.Create(CultureInfo.InvariantCulture, $" {limit} US dollars") : "")}",
        };
        return $"proposer {proposer.Name}\n"
            + $"{estimate.Calls} calls, {estimate.MostCalls} if every answer has to be mended\n"
            + $"at most {estimate.InputTokens} prompt tokens and {estimate.OutputTokens} answer tokens, mending included\n"
            + $"{cost}\n{limits}";
    }
}
