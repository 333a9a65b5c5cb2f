using System.Diagnostics;
using System.Globalization;
using PelNas.Shared.SearchSpaces;
using TorchSharp;

namespace PelNas.Bench.Load;

/// <summary>The memory of one process that does the same with one architecture after another, printed as a table while it runs.</summary>
internal static class InARow
{
    // Coprime to the size of the space: however many there are, they are spread over it, and none comes twice.
    private const int Stride = 7919;

    private static readonly NasBench201 Space = NasBench201.Instance;

    /// <summary>Does it.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="what">What is counted.</param>
    /// <param name="count">How many architectures.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="act">What is done with a genotype.</param>
    public static void Run(TextWriter output, string what, int count, int rows, Action<byte[]> act)
    {
        output.WriteLine($"| {what} | live tensors | resident MB | most so far, MB | processor s |\n|---|---|---|---|---|");
        for (int done = 0; done <= count; done++)
        {
            if (done % Math.Max(1, count / rows) == 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {done} | {DisposeScopeManager.Statistics.ThreadTotalLiveCount} | {ProcessMemory.Resident():0} | "
                        + $"{ProcessMemory.PeakResident():0} | {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0} |"));
                output.Flush();
            }

            if (done < count)
            {
                act(Space.Genotype((int)((long)done * Stride % Space.Size)).ToArray());
            }
        }
    }
}
