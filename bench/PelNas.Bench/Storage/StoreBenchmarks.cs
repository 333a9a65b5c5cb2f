using System.Globalization;
using BenchmarkDotNet.Attributes;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Bench.Storage;

/// <summary>
/// 100,000 candidates and 10,000 runs, written and read back. The emulator is one process of Node.js on the same machine: the figures
/// are about this store's code and the protocol, and say nothing of the service in Azure.
/// </summary>
public class StoreBenchmarks
{
    private const int Candidates = 100_000;
    private const int Runs = 10_000;
    private const int PartitionSize = 1_000;
    private const int PageSize = 100;
    private const string RunId = "20260301-120000-bench";

    private static readonly CandidateRow[] Rows = RowsPredictedIn(3);

    private static readonly CandidateRow[] LaterRows = RowsPredictedIn(4);

    private AzuriteServer? _server;
    private AzuriteStores? _tables;
    private string _folder = "";
    private IRunStore _store = null!;

    [Params("sqlite", "tables")]
    public string Store { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync() => _server = Store == "tables" ? await AzuriteServer.StartAsync() : null;

    [GlobalCleanup]
    public async Task StopAsync() => await (_server?.DisposeAsync() ?? default);

    [IterationSetup(Targets = [nameof(WriteCandidates), nameof(WriteRuns)])]
    public void Empty()
    {
        _folder = Directory.CreateTempSubdirectory("pelnas-bench-").FullName;
        _tables = _server is null ? null : new AzuriteStores(_server);
        _store = _tables is null ? new SqliteRunStore(Path.Combine(_folder, "store.db")) : _tables.Open();
        // Creates the tables.
        _store.GetRunAsync(RunId, default).GetAwaiter().GetResult();
    }

    [IterationSetup(Targets = [nameof(PredictCandidatesAgain), nameof(ReadCandidates)])]
    public void WithCandidates()
    {
        Empty();
        WriteCandidates().GetAwaiter().GetResult();
    }

    [IterationSetup(Target = nameof(ListRuns))]
    public void WithRuns()
    {
        Empty();
        WriteRuns().GetAwaiter().GetResult();
    }

    [IterationCleanup]
    public void Remove()
    {
        (_store as IDisposable)?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Candidates)]
    public Task WriteCandidates() => MergeAsync(Rows);

    [Benchmark(OperationsPerInvoke = Candidates)]
    public Task PredictCandidatesAgain() => MergeAsync(LaterRows);

    [Benchmark(OperationsPerInvoke = Candidates)]
    public async Task ReadCandidates()
    {
        for (int partition = 0; partition < Candidates / PartitionSize; partition++)
        {
            Check((await _store.GetCandidatesAsync(RunId, partition, default)).Count == PartitionSize);
        }
    }

    [Benchmark(OperationsPerInvoke = Runs)]
    public async Task WriteRuns()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int number = 0; number < Runs; number++)
        {
            // One an hour: over a year of months.
            DateTimeOffset time = start.AddHours(number);
            await _store.PutRunAsync(
                new RunRow
                {
                    RunId = time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-bench",
                    Request = new SearchRequest { Dataset = "cifar10", Device = "fpga" },
                    Partitions = [.. Enumerable.Range(0, 6).Select(partition => new PartitionPlan(partition, "no 3x3 convolution, some 1x1 convolution", 3_367))],
                    Proposer = "offline",
                    Predictor = "gaussian-process on paths",
                    StartedAt = time,
                },
                default);
        }
    }

    [Benchmark(OperationsPerInvoke = Runs)]
    public async Task ListRuns()
    {
        int count = 0;
        string? continuation = null;
        do
        {
            RunPage page = await _store.ListRunsAsync(PageSize, continuation, default);
            count += page.Runs.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null);
        Check(count == Runs);
    }

    private static CandidateRow[] RowsPredictedIn(int generation) => [.. Enumerable.Range(0, PartitionSize).Select(index => new CandidateRow
    {
        Index = index,
        Generation = 3,
        PredictedGeneration = generation,
        Origin = "crossover",
        Rationale = "skip on 0->3 keeps it fast, and two 3x3 convolutions in a row keep it accurate",
        PredictedAccuracy = 90 + (1.0 / (index + 1)),
        PredictedDeviation = 0.3,
        LatencyMs = 1.0 / (index + 3),
    })];

    private async Task MergeAsync(CandidateRow[] rows)
    {
        for (int partition = 0; partition < Candidates / PartitionSize; partition++)
        {
            await _store.MergeCandidatesAsync(RunId, partition, rows, default);
        }
    }

    private static void Check(bool isWhole)
    {
        if (!isWhole)
        {
            throw new InvalidOperationException("The store did not give back what was written.");
        }
    }
}
