using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;

namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task A_prior_is_read_as_it_was_written()
    {
        PriorRow prior = new()
        {
            Source = PriorSources.Llm,
            Name = "scripted/test",
            Content = new PriorContent
            {
                Ranked = [new(7, 91.25), new(9, null)],
                Believed = [.. Enumerable.Range(0, 15_625).Select(index => new Expectation(index, index / 7.0))],
                Rules = [new("depth", 1, 3, -0.5, 0.75, [new("paths", AtLeast: 1)], "deep cells train badly")],
                Vetoes = [new([new("paths", AtMost: 0)], "dead")],
            },
            Usage = new ChatUsage(1, 10, 20, 0.001),
        };
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        (await Store.GetPriorAsync(RunId, Token)).ShouldBeNull();

        await Store.PutPriorAsync(RunId, prior, Token);

        PriorRow stored = (await Store.GetPriorAsync(RunId, Token)).ShouldNotBeNull();
        stored.Content.Ranked.ShouldBe(prior.Content.Ranked);
        stored.Content.Believed.ShouldBe(prior.Content.Believed);
        stored.Content.Rules.ShouldHaveSingleItem().Where.ShouldBe([new TraitBound("paths", 1, null)]);
        stored.Content.Vetoes.ShouldHaveSingleItem().Where.ShouldBe([new TraitBound("paths", null, 0)]);
        stored.Usage.ShouldBe(prior.Usage);
        (await Store.GetPriorAsync(RunId[..^1] + "x", Token)).ShouldBeNull();
    }
}
