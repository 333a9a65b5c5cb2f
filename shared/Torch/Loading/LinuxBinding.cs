using System.Runtime.InteropServices;

namespace PelNas.Shared.Torch.Loading;

/// <summary>
/// Loads TorchSharp's native part on Linux. As built it needs the symbol version GLIBCXX_3.4.32 of GCC 13's libstdc++, for one symbol
/// that nothing in it calls (<c>_ZSt21ios_base_library_initv</c>); GCC 12's, on Debian 12 and in several Functions images, does not have
/// it, and the loader refuses the file. There, and only there, a copy in which that need is weak is loaded instead.
/// </summary>
internal static class LinuxBinding
{
    private const string MissingVersion = "GLIBCXX_3.4.32";

    // What glibc says of a file that it may not map as a program's.
    private const string NotMapped = "failed to map segment";

    /// <summary>Loads the file, or a copy of it. The libraries it needs are in the process already.</summary>
    /// <param name="path">The file; it is never written to.</param>
    /// <param name="temporaryFolder">Where the copy lies while it is loaded.</param>
    /// <exception cref="LibTorchException">Neither can be loaded, or the copy cannot be written.</exception>
    public static nint Load(string path, string temporaryFolder)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException exception) when (exception.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            return LoadCopy(path, temporaryFolder);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new LibTorchException($"LibTorch's {path} cannot be loaded: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Every process loads a copy of its own, in a folder that only its user can enter and that is gone right after: nothing is shared
    /// between processes that start at once, and nobody can plant a file for the next start.
    /// </summary>
    internal static nint LoadCopy(string path, string temporaryFolder)
    {
        byte[] file = File.ReadAllBytes(path);
        try
        {
            SymbolVersionNeed.Weaken(file, MissingVersion);
        }
        catch (InvalidDataException exception)
        {
            throw new LibTorchException(
                $"LibTorch's {path} cannot be made to run without {MissingVersion}, which this system's libstdc++ lacks: "
                    + $"{exception.Message}. Use a system with libstdc++ of GCC 13 or newer, such as Debian 13 or Ubuntu 24.04.",
                exception);
        }

        try
        {
            DirectoryInfo folder = CreatePrivateFolder(temporaryFolder);
            try
            {
                string copy = Path.Combine(folder.FullName, Path.GetFileName(path));
                File.WriteAllBytes(copy, file);
                return LibTorch.LoadLibrary(copy);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        catch (LibTorchException exception) when (exception.Message.Contains(NotMapped, StringComparison.Ordinal))
        {
            throw new LibTorchException(
                $"A copy of LibTorch's {Path.GetFileName(path)} cannot be loaded from the temporary folder {temporaryFolder}, whose file "
                    + "system is mounted noexec: no program may be loaded from it. Set TMPDIR to a folder of a file system without noexec, "
                    + "or use a system with libstdc++ of GCC 13 or newer, which needs no copy.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LibTorchException(
                $"A copy of LibTorch's {Path.GetFileName(path)} cannot be written to the temporary folder {temporaryFolder}: "
                    + $"{exception.Message}. Set TMPDIR to a folder that can be written to and from which programs may be loaded.",
                exception);
        }
    }

    private static DirectoryInfo CreatePrivateFolder(string parent)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("This is for Linux.");
        }

        if (!Directory.Exists(parent))
        {
            throw new DirectoryNotFoundException("it does not exist");
        }

        return Directory.CreateDirectory(
            Path.Combine(parent, "pelnas-libtorch-" + Path.GetRandomFileName()),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
