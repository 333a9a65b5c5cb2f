using System.Diagnostics;

namespace PelNas.Bench.Load;

/// <summary>What this process takes of the machine's memory, MB.</summary>
internal static class ProcessMemory
{
    public const double Megabyte = 1024 * 1024;

    /// <summary>Resident memory now.</summary>
    public static double Resident()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64 / Megabyte;
    }

    /// <summary>The most resident memory so far.</summary>
    public static double PeakResident()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / Megabyte;
    }

    /// <summary>Objects in use after a full collection.</summary>
    public static double Live() => GC.GetTotalMemory(forceFullCollection: true) / Megabyte;

    /// <summary>The heap's limit as the runtime sees it (<c>DOTNET_GCHeapHardLimit</c>, a container's, or the machine's memory).</summary>
    public static double Limit() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Megabyte;
}
