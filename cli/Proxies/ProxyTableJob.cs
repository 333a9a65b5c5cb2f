using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Proxies;
using Spectre.Console;

namespace PelNas.Cli.Proxies;

/// <summary>
/// Computes the table of proxies over the functions of the space, one architecture for each, and goes on where a file ends.
/// </summary>
internal sealed class ProxyTableJob(ISearchSpace space, ProxySettings settings, IReadOnlyList<string> proxies, int workers)
{
    /// <summary>Runs until the table is whole.</summary>
    /// <returns>Rows in the file before, and rows added.</returns>
    public (int Before, int Added) Run(string path, CancellationToken cancellationToken)
    {
        using ProxyTableFile file = ProxyTableFile.Open(path, settings, proxies);
        int[] missing = [.. ProxyTable.Representatives(space).Where(index => !file.Done.Contains(index)).Order()];
        if (missing.Length > 0 && !Console.IsOutputRedirected)
        {
            AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(progress =>
                {
                    ProgressTask task = progress.AddTask("zero-cost proxies", maxValue: missing.Length + file.Done.Count);
                    task.Increment(file.Done.Count);
                    Write(file, missing, () => task.Increment(1), cancellationToken);
                });
        }
        else
        {
            Write(file, missing, () => { }, cancellationToken);
        }

        return (file.Done.Count, missing.Length);
    }

    /// <summary>Each worker has a scorer of its own; rows are written in the order of the table, whichever is ready first.</summary>
    private void Write(ProxyTableFile file, int[] missing, Action wrote, CancellationToken cancellationToken)
    {
        // What is wrong with LibTorch or the images shows here, and not once for each worker.
        new ProxyScorer(settings, proxies).Dispose();
        using ThreadLocal<ProxyScorer> scorers = new(() => new ProxyScorer(settings, proxies), trackAllValues: true);
        try
        {
            foreach ((int index, IReadOnlyList<ProxyScore> scores) in OrderedWork.Run(
                missing, workers, index => scorers.Value!.Score(space.Genotype(index)), cancellationToken))
            {
                file.Add(index, scores);
                wrote();
            }
        }
        finally
        {
            foreach (ProxyScorer scorer in scorers.Values)
            {
                scorer.Dispose();
            }
        }
    }
}
