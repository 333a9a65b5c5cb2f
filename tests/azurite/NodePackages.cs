using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace PelNas.Tests.Azurite;

/// <summary>
/// Packages of npm that tests use: installed once for each package-lock.json, in a folder that bears the hash of the lock.
/// </summary>
internal static class NodePackages
{
    /// <summary>Installs what the lock in a folder of the tests names, unless it is there, and returns the folder node_modules.</summary>
    /// <param name="name">Name of the folder beside the tests' assembly.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<string> EnsureAsync(string name, CancellationToken cancellationToken)
    {
        string sources = Path.Combine(AppContext.BaseDirectory, name);
        byte[] packageLock = await File.ReadAllBytesAsync(Path.Combine(sources, "package-lock.json"), cancellationToken);
        string parent = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "pelnas-tests");
        string folder = Path.Combine(parent, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(packageLock))[..16]}");
        if (!Directory.Exists(folder))
        {
            // Several test processes may find it missing at the same time: each installs in a folder of its own, and the first to finish
            // names it.
            string own = Path.Combine(parent, $"installing-{name}-{Environment.ProcessId}");
            Directory.CreateDirectory(own);
            foreach (string file in (string[])["package.json", "package-lock.json"])
            {
                File.Copy(Path.Combine(sources, file), Path.Combine(own, file), overwrite: true);
            }

            await InstallAsync(own, cancellationToken);
            try
            {
                Directory.Move(own, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                Directory.Delete(own, recursive: true);
            }
        }

        return Path.Combine(folder, "node_modules");
    }

    /// <summary>Starts a program of Node.js.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"'{start.FileName}' cannot be started, and tests need it: those of the table store to run the Azurite emulator, those "
                    + "of the page to check it. Install Node.js 20 or later with npm and run the tests again.", exception);
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        using Process npm = Start(
            new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder,
            });
        npm.StandardInput.Close();
        Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"'npm ci' could not install the packages in {folder}: {errors.Trim()}");
        }
    }
}
