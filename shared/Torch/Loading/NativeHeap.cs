using System.Runtime.InteropServices;

namespace PelNas.Shared.Torch.Loading;

/// <summary>
/// The heap that LibTorch takes its tensors from. glibc's takes a little more for an aligned block than it hands out, so that the hole of a
/// freed tensor is too small for the next one of its size: the heap of a large network grows to nearly twice what lives in it
/// (bench/results/ZeroCostInARow.md). Elsewhere than on Linux nothing is done; LibTorch for Linux needs glibc.
/// </summary>
internal static class NativeHeap
{
    /// <summary>
    /// The least size of a tensor that can be kept apart, bytes. An activation of the benchmark's first stage (64 x 16 x 32 x 32 floats) is
    /// 4 MiB. Less than that is most of a network's tensors, and for each the system would have to clear fresh pages.
    /// </summary>
    public const int LargeBytes = 4_000_000;

    // Parameters of mallopt, from malloc.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    // With the one threshold set, glibc leaves the other at its least value and gives the heap's end back at every chance.
    private const int SlackBytes = 256_000_000;

    /// <summary>Large tensors can be kept apart here.</summary>
    public static bool CanKeepApart => OperatingSystem.IsLinux();

    /// <summary>
    /// Has large tensors of the whole process lie in pages of their own, which go back to the system with them. That costs time, so it is
    /// for who would else take too much memory.
    /// </summary>
    public static void KeepLargeTensorsApart()
    {
        if (CanKeepApart)
        {
            _ = SetOption(MmapThreshold, LargeBytes);
            _ = SetOption(TrimThreshold, SlackBytes);
        }
    }

    /// <summary>Gives the pages that are free in the heap back to the system.</summary>
    public static void Trim()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = TrimHeap(0);
        }
    }

    [DllImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);

    [DllImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nint pad);
}
