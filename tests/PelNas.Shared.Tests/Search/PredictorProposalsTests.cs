using PelNas.Shared.Records;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Search;

public sealed class PredictorProposalsTests
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task A_generation_has_as_many_cells_from_the_predictor_as_were_asked_of_the_proposer()
    {
        await _search.SearchAsync(generations: 2, new SearchRequest { Dataset = "cifar10", Device = "fpga", ProposalsPerPartition = 5 });

        IReadOnlyList<RunCandidate> made = await MadeAsync();
        made.Where(candidate => candidate.Row.Generation == 1).GroupBy(candidate => candidate.Partition).Select(group => group.Count()).ShouldAllBe(count => count == 5);
        made.ShouldNotContain(candidate => candidate.Row.Generation == 0);
    }

    [Fact]
    public async Task They_keep_the_partition_the_limits_and_a_live_path()
    {
        await _search.SearchAsync(generations: 2, new SearchRequest { Dataset = "cifar10", Device = "fpga", MaxLatencyMs = 4 });

        RunContext context = await _search.ContextAsync();
        (await MadeAsync()).ShouldAllBe(candidate =>
            context.IsAllowed(candidate.Partition, candidate.Row.Index) && context.Space.IsConnected(candidate.Row.Index));
    }

    [Fact]
    public async Task They_are_the_fastest_cells_of_functions_that_no_candidate_computes()
    {
        await _search.SearchAsync(generations: 3);

        RunContext context = await _search.ContextAsync();
        RunCandidate[] candidates = [.. await _search.CandidatesAsync()];
        HashSet<int> before = [.. candidates.Where(candidate => candidate.Row.Generation < 3).Select(candidate => context.Space.FunctionId(candidate.Row.Index))];
        int[] fastest = context.FastestOfFunctions();
        int[] made = [.. (await MadeAsync()).Where(candidate => candidate.Row.Generation == 3).Select(candidate => candidate.Row.Index)];
        made.ShouldNotBeEmpty();
        made.ShouldAllBe(index => fastest[context.Space.FunctionId(index)] == index && !before.Contains(context.Space.FunctionId(index)));
    }

    [Fact]
    public async Task They_promise_more_than_the_rest_of_the_partition()
    {
        await _search.SearchAsync(generations: 1);

        IReadOnlyList<double> accuracy = StepHarness.Tables.GetContext("cifar10", "fpga").TestAccuracy;
        RunContext context = await _search.ContextAsync();
        (await MadeAsync()).Where(candidate => candidate.Partition == 3).Average(candidate => accuracy[candidate.Row.Index])
            .ShouldBeGreaterThan(context.Map.Members(3).Average(index => accuracy[index]));
    }

    private async Task<IReadOnlyList<RunCandidate>> MadeAsync()
        => [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Origin == CandidateOrigin.Predictor)];
}
