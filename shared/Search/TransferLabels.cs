using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>
/// A prior out of the store: what earlier searches paid to learn of the same cells on another data set. Of several data sets the one with
/// the most labels is taken, since accuracies of different ones have no common scale.
/// </summary>
public sealed class TransferLabels(RunRepository runs)
{
    // The latest searches; reading all of a large store would take longer than the search.
    private const int MaxRuns = 200;

    /// <summary>The prior of a run.</summary>
    public async Task<PriorRow> GetAsync(RunRow run, CancellationToken cancellationToken)
    {
        RunPage page = await runs.ListAsync(MaxRuns, continuation: null, cancellationToken);
        List<(string Dataset, string RunId, int Index, double Accuracy)> labels = [];
        foreach (RunRow other in page.Runs.Where(
            other => other.Request.Space == run.Request.Space && other.Request.Dataset != run.Request.Dataset))
        {
            labels.AddRange((await runs.GetHistoryAsync(other.RunId, cancellationToken)).Candidates()
                .Where(candidate => candidate.Row.Accuracy is not null)
                .Select(candidate => (other.Request.Dataset, other.RunId, candidate.Row.Index, candidate.Row.Accuracy!.Value)));
        }

        (string Dataset, string RunId, int Index, double Accuracy)[] most =
        [
            .. labels.GroupBy(label => label.Dataset)
                .OrderByDescending(group => group.DistinctBy(label => label.Index).Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .FirstOrDefault() ?? Enumerable.Empty<(string, string, int, double)>(),
        ];
        Expectation[] believed =
        [
            .. most.GroupBy(label => label.Index).OrderBy(group => group.Key)
                .Select(group => new Expectation(group.Key, group.Average(label => label.Accuracy))),
        ];
        return new PriorRow
        {
            Source = PriorSources.Transfer,
            Name = most.Length == 0
                ? "no search on another data set"
                : $"{believed.Length} cells of {most[0].Dataset} from {most.DistinctBy(label => label.RunId).Count()} searches",
            Content = new PriorContent { Believed = believed },
        };
    }
}
