using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Cli.Hosting;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.Reports.Html;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Torch;

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

        // All that can be wrong is found before anything is written, and the run is recorded before its id is shown: whoever has seen
        // the id can resume the run.
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        await CheckAsync(job, host.Services, cancellationToken);
        await CheckResumedAsync(job, host.Services, cancellationToken);
        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
        string output = job.Output ?? Path.Combine("runs", runId);
        OutputFolder.EnsureWritable(output);
        await RecordAsync(client, job, runId, cancellationToken);
        TextWriter progress = job.Json ? Console.Error : Console.Out;
        progress.WriteLine($"run {runId}");

        await host.StartAsync(cancellationToken);
        try
        {
            OrchestrationMetadata ended = await FollowAsync(host, client, runId, progress, cancellationToken);
            if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                string why = ended.FailureDetails is { } failure ? failure.Cause().ErrorMessage : ended.RuntimeStatus.ToString();
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

    /// <summary>Refuses a bad request, and reads the tables that it needs, before anything is started or written.</summary>
    public static async Task CheckAsync(SearchJob job, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (job.Request is not { } request)
        {
            return;
        }

        // A fault of this machine, not of the command.
        if (request.ProxyScores == ProxyScoreSources.Compute && services.GetRequiredService<IProxyScorers>().WhyNot() is { } reason)
        {
            throw new SearchFailedException($"--proxy-scores {ProxyScoreSources.Compute} is not possible here; give {ProxyScoreSources.Table}, or mend this: {reason}");
        }

        if (await services.GetRequiredService<SearchRequestValidator>().CheckAsync(request, cancellationToken) is { Count: > 0 } errors)
        {
            throw RequestOptions.ToUsage(errors);
        }

        await services.GetRequiredService<RunContexts>().LoadTablesAsync(request, cancellationToken);
    }

    /// <summary>Refuses to resume a run with another proposer than it was started with, since its result names one, or without its tables.</summary>
    private static async Task CheckResumedAsync(SearchJob job, IServiceProvider services, CancellationToken cancellationToken)
    {
        ProposerClient proposer = services.GetRequiredService<ProposerClient>();
        if (job.Resume is { } runId && await services.GetRequiredService<RunRepository>().GetAsync(runId, cancellationToken) is { } run)
        {
            if (run.FinishedAt is null && run.Proposer != proposer.Name)
            {
                throw new UsageException($"--resume: {runId} was started with the proposer {run.Proposer}, and {proposer.Name} is configured; give --proposer and --model as at its start.");
            }

            if (run.FinishedAt is null && run.Request.MaxUsd is not null && proposer.Price is null)
            {
                throw new UsageException(
                    $"--resume: {runId} has a limit of dollars, and the price of {proposer.Name} is not known any more; {PriceTable.HowToSet}.");
            }

            await services.GetRequiredService<RunContexts>().OfAsync(run, cancellationToken);
        }
    }

    /// <summary>Each search has a history file of its own, so that several can run at the same time.</summary>
    private static string HistoryPath(string dataDirectory, string runId) => Path.Combine(dataDirectory, "searches", $"{runId}.db");

    /// <summary>Records a new search in its history; the history of one to resume has to hold it.</summary>
    private static async Task RecordAsync(DurableTaskClient client, SearchJob job, string runId, CancellationToken cancellationToken)
    {
        if (job.Request is { } request)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SearchOrchestrator), new SearchInput(request), new StartOrchestrationOptions(InstanceId: runId), cancellationToken);
        }
        else if (await client.GetInstanceAsync(runId, cancellationToken) is null)
        {
            throw new SearchFailedException($"The search {runId} was stopped before anything of it was recorded, so --resume has nothing to go on with. Start it again without --resume.");
        }
    }

    private static async Task<OrchestrationMetadata> FollowAsync(
        IHost host, DurableTaskClient client, string runId, TextWriter progress, CancellationToken cancellationToken)
    {
        Task<OrchestrationMetadata> completion = client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        ProgressReporter reporter = new(host.Services.GetRequiredService<RunRepository>(), TimeProvider.System, progress);
        await reporter.FollowAsync(runId, completion, cancellationToken);
        return await completion;
    }

    private static async Task WriteResultAsync(IHost host, SearchJob job, string runId, string output, CancellationToken cancellationToken)
    {
        RunContent content = await RunContent.LoadAsync(host.Services.GetRequiredService<RunRepository>(), runId, cancellationToken)
            ?? throw new RunNotFoundException(runId);
        RunContext context = await host.Services.GetRequiredService<RunContexts>().OfAsync(content.Run, cancellationToken);
        if (job.VerifyFront)
        {
            (content, context) = await new FrontVerification(host.Services).RunAsync(content, context, cancellationToken);
        }

        SearchResult result = SearchResultBuilder.Build(content, context.Evaluate(content.Labelled), context.Ceiling);
        await ResultFiles.WriteAsync(
            output, result, HtmlReport.Render(result, content, PlotPoint.ExactFrontOf(context.Benchmark, result.LabelsFrom, context.Metrics)), cancellationToken);
        if (job.Json)
        {
            Console.Out.Write(result.ToJson());
        }
        else
        {
            ResultView.Write(Terminal.Output(), result, content, output);
        }
    }
}
