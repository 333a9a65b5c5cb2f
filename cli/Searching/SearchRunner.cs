using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Cli.Hosting;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Chat;
using PelNas.Shared.Reports;
using PelNas.Shared.Reports.Html;
using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Searching;

/// <summary>Runs or resumes one search from start to result files.</summary>
internal static class SearchRunner
{
    public static async Task<int> RunAsync(SearchJob job, CancellationToken cancellationToken)
    {
        string runId = job.Resume ?? RunIds.Create(TimeProvider.System.GetUtcNow(), RandomNumberGenerator.GetHexString(8, lowercase: true));
        string historyPath = HistoryPath(job.DataDirectory, runId);
        if (job.Resume is not null && !(RunIds.IsValid(runId) && File.Exists(historyPath)))
        {
            throw new SearchFailedException($"There is no run '{runId}' in {job.DataDirectory}. Check --resume, or --data if the run was started with another folder.");
        }

        using IHost host = LocalApp.Build(
            job.DataDirectory,
            job.TablesDirectory,
            historyPath,
            options => options.EnableHttp = options.EnableTimers = false,
            LogLevel.Warning,
            job.Settings,
            job.Store);
        await CheckAsync(job, host.Services, cancellationToken);
        string output = job.Output ?? Path.Combine("runs", runId);
        OutputFolder.EnsureWritable(output);
        TextWriter progress = job.Json ? Console.Error : Console.Out;
        progress.WriteLine($"run {runId}");

        await RefuseOtherProposerAsync(host, job, cancellationToken);
        await host.StartAsync(cancellationToken);
        try
        {
            OrchestrationMetadata ended = await FollowAsync(host, job, runId, progress, cancellationToken);
            if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                string why = ended.FailureDetails is { } failure ? $"{failure.ErrorType}: {failure.ErrorMessage}" : ended.RuntimeStatus.ToString();
                throw new SearchFailedException($"The search {runId} failed: {why}");
            }

            await WriteResultAsync(host, job, runId, output, cancellationToken);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine($"pelnas: interrupted; go on with: pelnas search --resume {runId}");
            return ExitCode.Interrupted;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Refuses a bad request before anything is started or written.</summary>
    public static async Task CheckAsync(SearchJob job, IServiceProvider services, CancellationToken cancellationToken)
    {
        // A fault of this machine, not of the command.
        if (job.Request is { ProxyScores: ProxyScoreSources.Compute } && services.GetRequiredService<IProxyScorers>().WhyNot() is { } reason)
        {
            throw new SearchFailedException($"--proxy-scores {ProxyScoreSources.Compute} is not possible here; give {ProxyScoreSources.Table}, or mend this: {reason}");
        }

        SearchRequestValidator validator = services.GetRequiredService<SearchRequestValidator>();
        if (job.Request is { } request && await validator.CheckAsync(request, cancellationToken) is { Count: > 0 } errors)
        {
            throw RequestOptions.ToUsage(errors);
        }
    }

    /// <summary>A run is resumed with the proposer it was started with: its result names one.</summary>
    private static async Task RefuseOtherProposerAsync(IHost host, SearchJob job, CancellationToken cancellationToken)
    {
        string proposer = host.Services.GetRequiredService<Proposer>().Name;
        if (job.Resume is { } runId
            && await host.Services.GetRequiredService<IRunStore>().GetRunAsync(runId, cancellationToken) is { FinishedAt: null } run
            && run.Proposer != proposer)
        {
            throw new UsageException($"--resume: {runId} was started with the proposer {run.Proposer}, and {proposer} is configured; give --proposer and --model as at its start.");
        }
    }

    /// <summary>Each search has a history file of its own, so that several can run at the same time.</summary>
    private static string HistoryPath(string dataDirectory, string runId) => Path.Combine(dataDirectory, "searches", $"{runId}.db");

    private static async Task<OrchestrationMetadata> FollowAsync(
        IHost host, SearchJob job, string runId, TextWriter progress, CancellationToken cancellationToken)
    {
        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
        if (job.Request is { } request)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SearchOrchestrator), request, new StartOrchestrationOptions(InstanceId: runId), cancellationToken);
        }

        Task<OrchestrationMetadata> completion = client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        ProgressReporter reporter = new(host.Services.GetRequiredService<IRunStore>(), TimeProvider.System, progress);
        await reporter.FollowAsync(runId, completion, cancellationToken);
        return await completion;
    }

    private static async Task WriteResultAsync(IHost host, SearchJob job, string runId, string output, CancellationToken cancellationToken)
    {
        RunContent content = await RunContent.LoadAsync(host.Services.GetRequiredService<IRunStore>(), runId, cancellationToken)
            ?? throw new RunNotFoundException(runId);
        BenchmarkContext benchmark = (await host.Services.GetRequiredService<RunContexts>().OfAsync(content.Run, cancellationToken)).Benchmark;
        SearchResult result = SearchResultBuilder.Build(content, benchmark.Metrics.Evaluate(content.Front?.Points.Select(point => point.Index) ?? []));
        await ResultFiles.WriteAsync(output, result, HtmlReport.Render(result, content, PlotPoint.ExactFrontOf(benchmark)), cancellationToken);
        if (job.Json)
        {
            Console.Out.Write(result.ToJson());
        }
        else
        {
            ResultView.Write(Terminal.Output(), result, output);
        }
    }
}
