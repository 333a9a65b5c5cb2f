using System.IO.Compression;
using System.Text;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Surrogates;

/// <summary>
/// <c>accel-fronts FILE</c>: the best fronts of the open space of Accel-NASBench that are known, by its surrogates: Pareto local search
/// (Paquete, Chiarandini and Stützle 2004) from architectures drawn by chance until no neighbour of the archive is better, then again from
/// crossovers and mutations of it.
/// </summary>
internal static class BestFronts
{
    private const int Starts = 200;
    private const int Restarts = 20;
    private const int Children = 5000;

    public static void Run(TextWriter output, string file)
    {
        OpenBenchmark space = (OpenBenchmark)BenchmarkTables.OpenDefault().GetSpace(ShippedSpaces.AccelNasBenchOpen);
        string[][] columns = [.. space.Devices.AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .Select(device => Search(space, device, output))];
        StringBuilder text = new($"index,{string.Join(',', space.Devices)}\n");
        for (int row = 0; row < columns.Max(column => column.Length); row++)
        {
            text.Append(row).Append(',').AppendJoin(',', columns.Select(column => row < column.Length ? column[row] : "")).Append('\n');
        }

        using GZipStream gzip = new(File.Create(file), CompressionLevel.SmallestSize);
        gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string[] Search(OpenBenchmark space, string device, TextWriter output)
    {
        Func<byte[], double> latency = space.Measures.Latencies[device];
        Func<byte[], double> accuracy = space.Measures.Accuracies["imagenet"];
        Random random = SeededRandom.For(1, $"accel-fronts/{device}");
        SortedList<double, Point> front = [];
        int tried = 0;
        IEnumerable<byte[]> frontier = space.Decisions.Sample(Starts, random);
        for (int restart = 0; restart <= Restarts; restart++)
        {
            List<Point> open = [.. frontier.Select(Add).OfType<Point>()];
            while (open.Count > 0)
            {
                open = [.. open.Where(IsOnFront).ToArray().SelectMany(point => space.Decisions.Neighbours(point.Genotype)).Select(Add)
                    .OfType<Point>()];
            }

            output.WriteLine($"{device}: {tried} tried, {front.Count} on the front after restart {restart}");
            frontier = [.. Enumerable.Range(0, Children).Select(_ => Child(front.Values, space.Decisions, random))];
        }

        return [.. front.Values.Select(point => string.Concat(point.Genotype))];

        bool IsOnFront(Point point) => front.TryGetValue(point.LatencyMs, out Point? known) && known == point;

        Point? Add(byte[] genotype)
        {
            tried++;
            Point point = new(genotype, latency(genotype), accuracy(genotype));
            int after = After(front.Keys, point.LatencyMs);
            if (after > 0 && front.Values[after - 1].Accuracy >= point.Accuracy)
            {
                return null;
            }

            front.Remove(point.LatencyMs);
            for (int next = After(front.Keys, point.LatencyMs); next < front.Count && front.Values[next].Accuracy <= point.Accuracy;)
            {
                front.RemoveAt(next);
            }

            front.Add(point.LatencyMs, point);
            return point;
        }
    }

    /// <summary>Number of latencies at or below one.</summary>
    private static int After(IList<double> latencies, double latency)
    {
        int low = 0;
        for (int high = latencies.Count; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = latencies[middle] <= latency ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static byte[] Child(IList<Point> parents, DecisionSpace space, Random random)
    {
        int first = random.Next(parents.Count);
        byte[] other = parents[Math.Clamp(first + random.Next(-20, 21), 0, parents.Count - 1)].Genotype;
        byte[] child = [.. parents[first].Genotype.Select((choice, decision) => random.Next(2) == 0 ? choice : other[decision])];
        for (int change = random.Next(4); change > 0; change--)
        {
            int decision = random.Next(child.Length);
            child[decision] = (byte)random.Next(space.Decisions[decision].Choices.Count);
        }

        return child;
    }

    private sealed record Point(byte[] Genotype, double LatencyMs, double Accuracy);
}
