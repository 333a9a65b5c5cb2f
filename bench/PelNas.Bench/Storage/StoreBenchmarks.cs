using System.Globalization;
using BenchmarkDotNet.Attributes;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Rows.Sqlite;
using PelNas.Tests.Azurite;

namespace PelNas.Bench.Storage;

/// <summary>
/// 1,000 rows of generations and 10,000 runs, written and read back. The emulator is one process of Node.js on the same machine: the
/// figures are about this store's code and the protocol, and say nothing of the service in Azure.
/// </summary>
public class StoreBenchmarks
{
    private const int Generations = 1_000;
    private const int Runs = 10_000;
    private const int PageSize = 100;
    private const string RunId = "20260301-120000-bench";

    private static readonly CandidateRow[] Candidates = [.. Enumerable.Range(0, 48).Select(index => new CandidateRow
    {
        Index = index,
        Generation = 3,
        Origin = "crossover",
        Rationale = "skip on 0->3 keeps it fast, and two 3x3 convolutions in a row keep it accurate",
    })];

    private AzuriteServer? _server;
    private IRowStore _rows = null!;
    private RunRepository _runs = null!;
    private string _folder = "";

    [Params("memory", "sqlite", "tables")]
    public string Store { get; set; } = "";

    [GlobalSetup]
    public async Task StartAsync() => _server = Store == "tables" ? await AzuriteServer.StartAsync() : null;

    [GlobalCleanup]
    public async Task StopAsync() => await (_server?.DisposeAsync() ?? default);

    [IterationSetup(Targets = [nameof(WriteGenerations), nameof(WriteRuns)])]
    public void Empty()
    {
        _folder = Directory.CreateTempSubdirectory("pelnas-bench-").FullName;
        _rows = Store switch
        {
            "memory" => new MemoryRowStore(),
            "sqlite" => new SqliteRowStore(Path.Combine(_folder, "store.db")),
            _ => new AzuriteStores(_server!).OpenRows(),
        };
        _runs = new RunRepository(_rows);
    }

    [IterationSetup(Target = nameof(ReadGenerations))]
    public void WithGenerations()
    {
        Empty();
        WriteGenerations().GetAwaiter().GetResult();
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
        (_rows as IDisposable)?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Generations)]
    public async Task WriteGenerations()
    {
        for (int generation = 0; generation < Generations; generation++)
        {
            RoundRow round = new() { Partition = 0, Generation = generation, Accepted = Candidates.Length };
            await _runs.AddAsync(RunId, new ProposalsRow(round, Candidates), default);
        }
    }

    [Benchmark(OperationsPerInvoke = Generations)]
    public async Task ReadGenerations() => Check((await _runs.ReadAsync(RunId, 0, int.MaxValue, default)).Count == Generations);

    [Benchmark(OperationsPerInvoke = Runs)]
    public async Task WriteRuns()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int number = 0; number < Runs; number++)
        {
            DateTimeOffset time = start.AddHours(number);
            RunRow run = new()
            {
                RunId = time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-bench",
                Request = new SearchRequest { Dataset = "cifar10", Device = "fpga" },
                Partitions = [.. Enumerable.Range(0, 6)
                    .Select(partition => new PartitionPlan(partition, "no 3x3 convolution, some 1x1 convolution", 3_367))],
                Proposer = "offline",
                Predictor = "gaussian-process on paths",
                StartedAt = time,
            };
            await _runs.AddAsync(run, default);
        }
    }

    [Benchmark(OperationsPerInvoke = Runs)]
    public async Task ListRuns()
    {
        int count = 0;
        string? continuation = null;
        do
        {
            RunPage page = await _runs.ListAsync(PageSize, continuation, default);
            count += page.Runs.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null);
        Check(count == Runs);
    }

    private static void Check(bool isWhole)
    {
        if (!isWhole)
        {
            throw new InvalidOperationException("The store did not give back what was written.");
        }
    }
}
