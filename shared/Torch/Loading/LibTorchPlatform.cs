using System.Runtime.InteropServices;

namespace PelNas.Shared.Torch.Loading;

/// <summary>Where LibTorch runs, and what its files are called there.</summary>
/// <param name="Runtime">The platform as NuGet names it.</param>
/// <param name="Binding">File of TorchSharp's native part.</param>
/// <param name="Libraries">Files that it needs, in the order in which they can be loaded.</param>
internal sealed record LibTorchPlatform(string Runtime, string Binding, IReadOnlyList<string> Libraries)
{
    private static readonly LibTorchPlatform[] Supported =
    [
        new("linux-x64", "libLibTorchSharp.so", ["libc10.so", "libtorch_cpu.so", "libtorch.so"]),
        new("osx-arm64", "libLibTorchSharp.dylib", ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"]),
        new("win-x64", "LibTorchSharp.dll", []),
    ];

    public bool IsLinux => Runtime.StartsWith("linux", StringComparison.Ordinal);

    /// <summary>The platform of this process.</summary>
    /// <exception cref="LibTorchException">LibTorch does not run here.</exception>
    public static LibTorchPlatform Current => Of(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);

    /// <summary>The platform of a runtime identifier such as <c>linux-x64</c>, <c>debian.12-x64</c> or <c>linux-musl-x64</c>.</summary>
    /// <exception cref="LibTorchException">LibTorch does not run there.</exception>
    public static LibTorchPlatform Of(string runtimeIdentifier, Architecture architecture)
    {
        if (runtimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal))
        {
            throw Unsupported(
                runtimeIdentifier, "LibTorch needs glibc, and this system has musl: use an image of Debian, Ubuntu or Azure Linux");
        }

        string system = runtimeIdentifier switch
        {
            _ when runtimeIdentifier.StartsWith("win", StringComparison.Ordinal) => "win",
            _ when runtimeIdentifier.StartsWith("osx", StringComparison.Ordinal) => "osx",
            _ => "linux",
        };
        string runtime = $"{system}-{architecture.ToString().ToLowerInvariant()}";
        return Supported.FirstOrDefault(platform => platform.Runtime == runtime)
            ?? throw Unsupported(
                runtime, $"LibTorch is built for {string.Join(", ", Supported.Select(platform => platform.Runtime))} only");
    }

    private static LibTorchException Unsupported(string runtime, string reason)
        => new(
            $"The zero-cost proxies do not run on {runtime}: {reason}. Searches need LibTorch only with the proxy scores 'compute'; "
                + "'table', the default, does without.");
}
