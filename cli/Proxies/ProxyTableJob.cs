using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PelNas.Cli.Benchmarking;
using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Cli.Proxies;

/// <summary>
/// Computes the table of proxies over the functions of the space, one architecture for each, and goes on where a file ends.
/// </summary>
internal sealed class ProxyTableJob(ISearchSpace space, ProxySettings settings, IReadOnlyList<string> proxies, int workers)
{
    /// <summary>Runs until the table is whole.</summary>
    /// <returns>Rows in the file before, and rows added.</returns>
    public async Task<(int Before, int Added)> RunAsync(string path, CancellationToken cancellationToken)
    {
        using ProxyTableFile file = ProxyTableFile.Open(path, settings, proxies);
        int[] missing = [.. ProxyTable.Representatives(space).Where(index => !file.Done.Contains(index)).Order()];
        if (missing.Length > 0)
        {
            int done = file.Done.Count;
            await ProgressBar.RunAsync(done + missing.Length, done, progress => Task.Run(
                () => Write(file, missing, progress, cancellationToken), cancellationToken));
        }

        return (file.Done.Count, missing.Length);
    }

    /// <summary>Each worker has a scorer of its own; rows are written in the order of the table, whichever is ready first.</summary>
    private void Write(ProxyTableFile file, int[] missing, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        // What is wrong with LibTorch or the images shows here, and not once for each worker.
        new ProxyScorer(settings, proxies).Dispose();
        using ThreadLocal<ProxyScorer> scorers = new(() => new ProxyScorer(settings, proxies), trackAllValues: true);
        try
        {
            int written = file.Done.Count;

            // One at a time and none kept back: results that wait in memory for their turn are what a kill loses.
            ParallelQuery<(int Index, IReadOnlyList<ProxyScore> Scores)> rows =
                Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
                    .WithDegreeOfParallelism(workers).WithMergeOptions(ParallelMergeOptions.NotBuffered)
                    .WithCancellation(cancellationToken).Select(index => (index, scorers.Value!.Score(space.Genotype(index))));
            foreach ((int index, IReadOnlyList<ProxyScore> scores) in rows)
            {
                file.Add(index, scores);
                progress?.Report(++written);
            }
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
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
