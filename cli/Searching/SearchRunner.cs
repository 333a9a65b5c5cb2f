using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Cli.Hosting;
using PelNas.Functions.Orchestrations;
using PelNas.Local.Engine;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Llm.Diagnosis;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Reports;
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
            throw await SearchChecks.NoHistoryAsync(job, runId, cancellationToken);
        }

        using IHost host = LocalApp.Build(
            job.DataDirectory, job.TablesDirectory, historyPath, LogLevel.Warning, job.Settings, job.Store);

        // All that can be wrong is found before anything is written, and the run is recorded before its id is shown: whoever has seen
        // the id can resume the run.
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        await SearchChecks.CheckAsync(job, host.Services, cancellationToken);
        bool isFinished = await SearchChecks.CheckResumedAsync(job, host.Services, cancellationToken);
        ChatProviderOptions provider = host.Services.GetRequiredService<IOptions<ChatProviderOptions>>().Value;
        if (!isFinished && await ProviderReach.WhyNotAsync(provider, TimeProvider.System, cancellationToken) is { } unreachable)
        {
            throw new SearchFailedException(unreachable);
        }

        string output = job.Output ?? RecordedOutput(historyPath) ?? Path.Combine("runs", runId);
        OutputFolder.Check(output, runId, job.Overwrite);
        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
        using IDisposable claim = OutputFolder.Claim(output, runId, job.Overwrite);
        await File.WriteAllTextAsync(OutputRecord(historyPath), Path.GetFullPath(output), cancellationToken);
        await RecordAsync(client, job, runId, cancellationToken);
        TextWriter progress = job.Json ? Console.Error : Console.Out;
        progress.WriteLine($"run {runId}");
        string resume = $"resume with: pelnas search --resume {runId}{job.Again}";

        try
        {
            await host.StartAsync(cancellationToken);
            OrchestrationMetadata ended = await FollowAsync(host, client, job, runId, progress, cancellationToken);
            if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                string why = ended.FailureDetails is { } failure ? failure.Cause().ErrorMessage : ended.RuntimeStatus.ToString();
                throw new SearchFailedException($"The search {runId} failed: {why} When that is mended, {resume}");
            }

            await WriteResultAsync(host, job, runId, output, cancellationToken);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell(resume);
        }
        catch (Exception exception) when (exception is HistoryFileException or StoreException)
        {
            throw new SearchFailedException($"{exception.Message} When that is mended, {resume}");
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
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
            throw new SearchFailedException(
                $"The search {runId} was stopped before anything of it was recorded, so --resume has nothing to resume. "
                    + "Start it again without --resume.");
        }
    }

    private static async Task<OrchestrationMetadata> FollowAsync(
        IHost host, DurableTaskClient client, SearchJob job, string runId, TextWriter progress, CancellationToken cancellationToken)
    {
        Task<OrchestrationMetadata> completion = client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        ProgressReporter reporter = new(
            host.Services.GetRequiredService<RunRepository>(), TimeProvider.System, progress, Terminal.Columns(job.Json));
        if (job.Trainer.Command is not { } command)
        {
            await reporter.FollowAsync(runId, completion, cancellationToken);
            return await completion;
        }

        // Whichever of the two fails, the other has no reason to go on: without trainers the search would wait for ever.
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task followed = reporter.FollowAsync(runId, completion, stop.Token);
        Task trained = new TrainerPool(host.Services, client, runId, command, job.Again)
            .RunAsync(job.Trainer.Parallel, completion, stop.Token);
        Task first = await Task.WhenAny(followed, trained);
        if (!first.IsCompletedSuccessfully)
        {
            await stop.CancelAsync();
            await first;
        }

        await Task.WhenAll(followed, trained);
        return await completion;
    }

    private static async Task WriteResultAsync(IHost host, SearchJob job, string runId, string output, CancellationToken cancellationToken)
    {
        ReportedRun report = await host.Services.GetRequiredService<RunReporter>().ReadAsync(runId, cancellationToken)
            ?? throw new RunNotFoundException(runId);
        if (job.VerifyFront)
        {
            (RunContent redrawn, RunContext measured) = await new FrontVerification(host.Services)
                .RunAsync(report.Content, report.Context, cancellationToken);
            report = RunReporter.Of(redrawn, measured);
        }

        (SearchResult result, RunContent content, RunContext context) = report;
        if (job.Counterfactual)
        {
            BenchmarkTables tables = host.Services.GetRequiredService<BenchmarkTables>();
            result = result with
            {
                Counterfactual = await WithoutProposer.RunAsync(context, content.Labelled, tables, TimeProvider.System, cancellationToken),
            };
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
