using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Cli.Hosting;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Torch;

namespace PelNas.Cli.Searching;

/// <summary>Refuses searches that cannot run or cannot be resumed, before anything of them is started or written.</summary>
internal static class SearchChecks
{
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
            throw new SearchFailedException(
                $"--proxy-scores {ProxyScoreSources.Compute} is not possible here; give {ProxyScoreSources.Table}, or mend this: {reason}");
        }

        if (await services.GetRequiredService<SearchRequestValidator>().CheckAsync(request, cancellationToken) is { Count: > 0 } errors)
        {
            throw RequestOptions.ToUsage(errors);
        }

        if (request.Space is { } space && job.Trainer.Command?.Contains("{model}", StringComparison.Ordinal) == true)
        {
            throw new UsageException(
                $"--trainer: {{model}} stands for a cell's network, which the space {space} has none of; give {{architecture}}, "
                    + "the notation.");
        }

        await services.GetRequiredService<RunContexts>().LoadTablesAsync(request, cancellationToken);
        CheckEnd(
            job, await services.GetRequiredService<BenchmarkCatalog>().GetContextAsync(request, tableVersion: null, cancellationToken));
    }

    /// <summary>Refuses what would be done with the result and cannot be.</summary>
    private static void CheckEnd(SearchJob job, BenchmarkContext context)
    {
        if (job.VerifyFront && context.Uncertainty is null)
        {
            throw new UsageException(
                $"--verify-front: no latency of '{context.Device}' is predicted, so there is none to measure; leave it out.");
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
    public static async Task<bool> CheckResumedAsync(SearchJob job, IServiceProvider services, CancellationToken cancellationToken)
    {
        ProposerClient proposer = services.GetRequiredService<ProposerClient>();
        if (job.Resume is { } runId && await services.GetRequiredService<RunRepository>().GetAsync(runId, cancellationToken) is { } run)
        {
            if (run.FinishedAt is null && run.Proposer != proposer.Name)
            {
                throw new UsageException(
                    $"--resume: {runId} was started with the proposer {run.Proposer}, and {proposer.Name} is configured; give --proposer "
                        + "and --model as at its start.");
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
                    $"--resume: {runId} has a limit of dollars, and the price of {proposer.Name} is not known any more; "
                        + $"{PriceTable.HowToSet}.");
            }

            CheckEnd(job, (await services.GetRequiredService<RunContexts>().OfAsync(run, cancellationToken)).Benchmark);
            return run.FinishedAt is not null;
        }

        return false;
    }

    /// <summary>What to do about a run that this command has not started, or not here.</summary>
    public static async Task<Exception> NoHistoryAsync(SearchJob job, string runId, CancellationToken cancellationToken)
    {
        using IHost app = LocalStore.Build(job.DataDirectory, job.Store);
        RunRow? run = LocalStore.MissingFile(app) is null && RunIds.IsValid(runId)
            ? await app.Services.GetRequiredService<RunRepository>().GetAsync(runId, cancellationToken)
            : null;
        return new SearchFailedException(run switch
        {
            null =>
                $"There is no run '{runId}' in {job.DataDirectory}. Check --resume, or --data if the run was started with another folder.",
            { FinishedAt: null } =>
                $"The run {runId} is an app's, which goes on with it by itself: start it, such as by pelnas serve --data "
                    + $"{job.DataDirectory}.",
            _ => $"The run {runId} has ended, and 'pelnas search' has not made it: pelnas runs report {runId} writes its result.",
        });
    }
}
