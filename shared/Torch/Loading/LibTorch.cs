using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace PelNas.Shared.Torch.Loading;

/// <summary>
/// Loads LibTorch (some 500 MB) when it is first needed and not before. Everything here that touches TorchSharp calls
/// <see cref="EnsureLoaded"/> first.
/// </summary>
public static class LibTorch
{
    private const string BindingName = "LibTorchSharp";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Whether this process has loaded it.</summary>
    public static bool IsLoaded => Loaded.IsValueCreated;

    /// <summary>Loads LibTorch unless that has been done. Any number of threads may call it.</summary>
    /// <exception cref="LibTorchException">It cannot be loaded here; every further call says so again.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        LibTorchPlatform platform = LibTorchPlatform.Current;
        string folder = LibTorchFolder.Find(platform);
        foreach (string library in platform.Libraries)
        {
            LoadLibrary(Path.Combine(folder, library));
        }

        string binding = Path.Combine(folder, platform.Binding);
        nint handle = platform.IsLinux
            ? LinuxBinding.Load(binding, Path.GetTempPath())
            : LoadLibrary(binding);
        Assembly torchSharp = typeof(torch).Assembly;

        // TorchSharp asks for its native part by name, once through the load context and then with each imported function.
        AssemblyLoadContext.GetLoadContext(torchSharp)!.ResolvingUnmanagedDll += (_, name) => name == BindingName ? handle : 0;
        NativeLibrary.SetDllImportResolver(torchSharp, (name, _, _) => name == BindingName ? handle : 0);
        torch.InitializeDeviceType(DeviceType.CPU);
        return true;
    }

    internal static nint LoadLibrary(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new LibTorchException($"LibTorch's {path} cannot be loaded: {exception.Message}", exception);
        }
    }
}

/// <summary>LibTorch cannot be loaded here. The message says why and what to do.</summary>
public sealed class LibTorchException(string message, Exception? innerException = null) : Exception(message, innerException);
