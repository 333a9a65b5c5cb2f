using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Cli.Hosting;
using PelNas.Functions;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Proposer;
using PelNas.Shared.Search;

namespace PelNas.Cli.Searching;

/// <summary><c>pelnas search --dry-run</c>: what a search may cost at most. Nobody is asked and nothing is written.</summary>
internal static class DryRun
{
    public static async Task<int> RunAsync(SearchJob job, CancellationToken cancellationToken)
    {
        SearchRequest request = job.Request
            ?? throw new UsageException("--dry-run cannot be given with --resume: estimate the search before it starts.");

        // Loads the tokenizer, which takes a tenth of a second, while the tables are read.
        _ = Task.Run(() => TokenEstimate.CountTokens(""), cancellationToken);
        using ScratchFolder scratch = new();

        // The store is only read, for latency tables that were uploaded; where there is none yet, none is made.
        bool hasStore = job.Store is not null || File.Exists(PelNasServices.StorePath(job.DataDirectory));
        using IHost host = LocalApp.Build(
            hasStore ? job.DataDirectory : scratch.Path,
            job.TablesDirectory,
            scratch.File("history.db"),
            LogLevel.Warning,
            job.Settings,
            job.Store);
        await SearchChecks.CheckAsync(job, host.Services, cancellationToken);
        ProposerClient proposer = host.Services.GetRequiredService<ProposerClient>();
        RunContexts contexts = host.Services.GetRequiredService<RunContexts>();
        BenchmarkContext benchmark = await host.Services.GetRequiredService<BenchmarkCatalog>()
            .GetContextAsync(request, tableVersion: null, cancellationToken);
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
            proposer.Price,
            host.Services.GetRequiredService<IOptions<ChatProviderOptions>>().Value.ReasoningTokens);
        Console.Out.WriteLine(job.Json ? JsonSerializer.Serialize(estimate, PelNasJson.Indented) : Describe(proposer, estimate, request));
        return ExitCode.Done;
    }

    private static string Describe(ProposerClient proposer, SearchEstimate estimate, SearchRequest request)
    {
        string cost = (proposer.IsOffline, proposer.Price) switch
        {
            (true, _) => $"{CostText.Of(0)}: offline, no LLM is asked",
            (_, null) => $"{CostText.Of(null)}: {PriceTable.HowToSet}",
            (_, { IsFree: true }) => CostText.Of(0),
            (_, { } price) => $"at most {CostText.Of(estimate.Usd)} "
                + $"({price.InputUsdPerMillion} and {price.OutputUsdPerMillion} for a million tokens in and out, {price.AsOf})",
        };
        string limits = (request.MaxLlmCalls, request.MaxUsd) switch
        {
            (null, null) => "no limit is set; --max-llm-calls and --max-usd set one",
            _ =>
                "the search stops before it exceeds"
                    + (request.MaxLlmCalls is { } calls ? $" {calls} calls" : "")
                    + (request.MaxUsd is { } limit ? $" {limit} US dollars" : ""),
        };
        if (request.MaxUsd is not null && estimate.CallUsd > 0)
        {
            limits += $"; a call is sure to be made while {CostText.Of(estimate.CallUsd)} are left, the most that one can cost";
        }

        return $"proposer {proposer.Name}\n"
            + $"{estimate.Calls} calls, {estimate.MostCalls} if every answer has to be mended\n"
            + $"at most {estimate.InputTokens} prompt tokens, as o200k counts them, "
            + $"and {estimate.OutputTokens} answer tokens, mending included\n"
            + $"{cost}\n{limits}";
    }
}
