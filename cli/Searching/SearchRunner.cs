using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Cli.Hosting;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Diagnosis;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Reports;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Rows.Sqlite;
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
            throw await NoHistoryAsync(job, runId, cancellationToken);
        }

        using IHost host = LocalApp.Build(
            job.DataDirectory,
            job.TablesDirectory,
            historyPath,
            LogLevel.Warning,
            job.Settings,
            job.Store);

        // All that can be wrong is found before anything is written, and the run is recorded before its id is shown: whoever has seen
        // the id can resume the run.
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        await CheckAsync(job, host.Services, cancellationToken);
        bool isFinished = await CheckResumedAsync(job, host.Services, cancellationToken);
        if (!isFinished && await ProviderReach.WhyNotAsync(
            host.Services.GetRequiredService<IOptions<ChatProviderOptions>>().Value, TimeProvider.System, cancellationToken) is { } unreachable)
        {
            throw new SearchFailedException(unreachable);
        }

        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
        string output = job.Output ?? RecordedOutput(historyPath) ?? Path.Combine("runs", runId);
        using IDisposable claim = OutputFolder.Claim(output, runId, job.Overwrite);
        await File.WriteAllTextAsync(OutputRecord(historyPath), Path.GetFullPath(output), cancellationToken);
        await RecordAsync(client, job, runId, cancellationToken);
        TextWriter progress = job.Json ? Console.Error : Console.Out;
        progress.WriteLine($"run {runId}");

        try
        {
            await host.StartAsync(cancellationToken);
            OrchestrationMetadata ended = await FollowAsync(host, client, job, runId, progress, cancellationToken);
            if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                string why = ended.FailureDetails is { } failure ? failure.Cause().ErrorMessage : ended.RuntimeStatus.ToString();
                throw new SearchFailedException($"The search {runId} failed: {why} When that is mended, resume with: pelnas search --resume {runId}{job.Again}");
            }

            await WriteResultAsync(host, job, runId, output, cancellationToken);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell($"resume with: pelnas search --resume {runId}{job.Again}");
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

        if (request.Space is { } space && job.Trainer.Command?.Contains("{model}", StringComparison.Ordinal) == true)
        {
            throw new UsageException($"--trainer: {{model}} stands for a cell's network, which the space {space} has none of; give {{architecture}}, the notation.");
        }

        await services.GetRequiredService<RunContexts>().LoadTablesAsync(request, cancellationToken);
        CheckEnd(job, await services.GetRequiredService<BenchmarkCatalog>().GetContextAsync(request, tableVersion: null, cancellationToken));
    }

    /// <summary>Refuses what would be done with the result and cannot be.</summary>
    private static void CheckEnd(SearchJob job, BenchmarkContext context)
    {
        if (job.VerifyFront && context.Uncertainty is null)
        {
            throw new UsageException($"--verify-front: no latency of '{context.Device}' is predicted, so there is none to measure; leave it out.");
        }

        if (job.Counterfactual && WithoutProposer.WhyNot(context) is { } reason)
        {
            throw new UsageException($"--counterfactual: {reason}; leave it out.");
        }
    }

    /// <summary>
    /// Refuses to resume a run with another proposer than it was started with, since its result names one, or without its tables.
    /// </summary>
    /// <returns>Whether the run has finished, so that nobody is to be asked any more.</returns>
    private static async Task<bool> CheckResumedAsync(SearchJob job, IServiceProvider services, CancellationToken cancellationToken)
    {
        ProposerClient proposer = services.GetRequiredService<ProposerClient>();
        if (job.Resume is { } runId && await services.GetRequiredService<RunRepository>().GetAsync(runId, cancellationToken) is { } run)
        {
            if (run.FinishedAt is null && run.Proposer != proposer.Name)
            {
                throw new UsageException($"--resume: {runId} was started with the proposer {run.Proposer}, and {proposer.Name} is configured; give --proposer and --model as at its start.");
            }

            if (run.FinishedAt is null && run.Request.LabelsBy() == LabelProviders.You != job.Trainer.Command is not null)
            {
                throw new UsageException(job.Trainer.Command is null
                    ? $"--resume: the labels of {runId} come from a command; give --trainer as at its start."
                    : $"--trainer: the labels of {runId} do not come from a command; leave it out.");
            }

            if (run.FinishedAt is null && run.Request.MaxUsd is not null && proposer.Price is null)
            {
                throw new UsageException(
                    $"--resume: {runId} has a limit of dollars, and the price of {proposer.Name} is not known any more; {PriceTable.HowToSet}.");
            }

            CheckEnd(job, (await services.GetRequiredService<RunContexts>().OfAsync(run, cancellationToken)).Benchmark);
            return run.FinishedAt is not null;
        }

        return false;
    }

    /// <summary>What to do about a run that this command has not started, or not here.</summary>
    private static async Task<Exception> NoHistoryAsync(SearchJob job, string runId, CancellationToken cancellationToken)
    {
        using IHost app = LocalStore.Build(job.DataDirectory, job.Store);
        bool isThere = app.Services.GetRequiredService<IRowStore>() is not SqliteRowStore { Location: var file } || File.Exists(file);
        RunRow? run = isThere && RunIds.IsValid(runId) ? await app.Services.GetRequiredService<RunRepository>().GetAsync(runId, cancellationToken) : null;
        return new SearchFailedException(run switch
        {
            null => $"There is no run '{runId}' in {job.DataDirectory}. Check --resume, or --data if the run was started with another folder.",
            { FinishedAt: null } => $"The run {runId} is an app's, which goes on with it by itself: start it, such as by pelnas serve --data {job.DataDirectory}.",
            _ => $"The run {runId} has ended, and 'pelnas search' has not made it: pelnas runs report {runId} writes its result.",
        });
    }

    /// <summary>Each search has a history file of its own, so that several can run at the same time.</summary>
    private static string HistoryPath(string dataDirectory, string runId) => Path.Combine(HistoryFolder(dataDirectory), $"{runId}.db");

    /// <summary>The folder of these histories.</summary>
    public static string HistoryFolder(string dataDirectory) => Path.Combine(dataDirectory, "searches");

    /// <summary>The file beside a history that says where the result goes, for who resumes the run from another folder.</summary>
    private static string OutputRecord(string historyPath) => historyPath + ".output";

    private static string? RecordedOutput(string historyPath)
        => File.Exists(OutputRecord(historyPath)) && File.ReadAllText(OutputRecord(historyPath)) is { Length: > 0 } output ? output : null;

    /// <summary>Records a new search in its history; the history of one to resume has to hold it.</summary>
    private static async Task RecordAsync(DurableTaskClient client, SearchJob job, string runId, CancellationToken cancellationToken)
    {
        if (job.Request is { } request)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SearchOrchestrator), new SearchInput(request), new StartOrchestrationOptions(InstanceId: runId), cancellationToken);
        }
        else if (await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken) is { } instance)
        {
            if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed)
            {
                await FailedSearch.RetryAsync(client, instance, cancellationToken);
            }
        }
        else
        {
            throw new SearchFailedException($"The search {runId} was stopped before anything of it was recorded, so --resume has nothing to resume. Start it again without --resume.");
        }
    }

    private static async Task<OrchestrationMetadata> FollowAsync(
        IHost host, DurableTaskClient client, SearchJob job, string runId, TextWriter progress, CancellationToken cancellationToken)
    {
        Task<OrchestrationMetadata> completion = client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        Task trainers = job.Trainer.Command is { } command
            ? new TrainerPool(host.Services, client, runId, command).RunAsync(job.Trainer.Parallel, completion, cancellationToken)
            : Task.CompletedTask;
        ProgressReporter reporter = new(host.Services.GetRequiredService<RunRepository>(), TimeProvider.System, progress, Terminal.Columns(job.Json));
        await reporter.FollowAsync(runId, completion, cancellationToken);
        await trainers;
        return await completion;
    }

    private static async Task WriteResultAsync(IHost host, SearchJob job, string runId, string output, CancellationToken cancellationToken)
    {
        ReportedRun report = await host.Services.GetRequiredService<RunReporter>().ReadAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        if (job.VerifyFront)
        {
            (RunContent redrawn, RunContext measured) = await new FrontVerification(host.Services).RunAsync(report.Content, report.Context, cancellationToken);
            report = RunReporter.Of(redrawn, measured);
        }

        (SearchResult result, RunContent content, RunContext context) = report;
        if (job.Counterfactual)
        {
            BenchmarkTables tables = host.Services.GetRequiredService<BenchmarkTables>();
            result = result with { Counterfactual = await WithoutProposer.RunAsync(context, content.Labelled, tables, TimeProvider.System, cancellationToken) };
            report = report with { Result = result };
        }

        await ResultFiles.WriteAsync(output, result, report.ToHtml(), cancellationToken);
        if (job.Json)
        {
            Console.Out.Write(result.ToJson());
        }
        else
        {
            ResultView.Write(Terminal.Prose(), result, content, output);
        }
    }
}
