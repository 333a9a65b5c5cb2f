using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>Predictions of an earlier generation that are overtaken between their read and their write.</summary>
public sealed class LatePredictionTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_prediction_that_comes_between_the_read_and_the_write_of_an_earlier_one_stays(bool isThere)
    {
        if (isThere)
        {
            await Store.MergeCandidatesAsync(RunId, 0, [.. Enumerable.Range(0, 250).Select(index => new CandidateRow { Index = index, Generation = 0 })], Token);
        }

        int reads = 0;
        AzureTablesRunStore late = await HookedAsync(hooks => hooks.After = async request =>
        {
            if (request.Filter?.Contains("RowKey", StringComparison.Ordinal) == true && reads++ == 0)
            {
                await Store.MergeCandidatesAsync(RunId, 0, Predictions(generation: 5, count: 100), Token);
            }
        });
        await late.MergeCandidatesAsync(RunId, 0, Predictions(generation: 3, count: 250), Token);

        reads.ShouldBe(2, "the batch that was overtaken is made anew of what stands there now");
        (await Store.GetCandidatesAsync(RunId, 0, Token)).Select(row => (row.PredictedGeneration, row.PredictedAccuracy, row.PredictedDeviation))
            .ShouldBe(Enumerable.Range(0, 250).Select(index => index < 100 ? ((int?)5, (double?)5, (double?)5) : (3, 3, 3)));
    }

    [Fact]
    public async Task A_write_that_is_overtaken_each_time_ends_in_an_error_and_changes_nothing()
    {
        await Store.MergeCandidatesAsync(RunId, 0, Predictions(generation: 1, count: 1), Token);
        int reads = 0;
        AzureTablesRunStore late = await HookedAsync(hooks => hooks.After = request => request.Filter?.Contains("RowKey", StringComparison.Ordinal) == true
            ? Store.MergeCandidatesAsync(RunId, 0, [new CandidateRow { Index = 0, LatencyMs = reads++ }], Token)
            : Task.CompletedTask);
        StoreException fault = await Should.ThrowAsync<StoreException>(() => late.MergeCandidatesAsync(RunId, 0, Predictions(generation: 3, count: 1), Token));
        fault.Message.ShouldContain("too many at once");
        reads.ShouldBe(30);
        (await Store.GetCandidatesAsync(RunId, 0, Token)).ShouldHaveSingleItem().PredictedGeneration.ShouldBe(1);
    }

    private static CandidateRow[] Predictions(int generation, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new CandidateRow
        {
            Index = index,
            PredictedAccuracy = generation,
            PredictedDeviation = generation,
            PredictedGeneration = generation,
        }),
    ];
}
