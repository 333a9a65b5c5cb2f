using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace PelNas.Tests.Azurite;

/// <summary>The emulator's files: installed once for each package-lock.json, in a folder that bears the hash of the lock.</summary>
internal static class AzuriteInstallation
{
    /// <summary>The script that ends the emulator with its parent.</summary>
    public static string ExitWithParent => Path.Combine(Sources, "exit-with-parent.js");

    private static string Sources => Path.Combine(AppContext.BaseDirectory, "azurite");

    /// <summary>Installs the emulator unless it is there, and returns its main script.</summary>
    public static async Task<string> EnsureAsync(CancellationToken cancellationToken)
    {
        byte[] packageLock = await File.ReadAllBytesAsync(Path.Combine(Sources, "package-lock.json"), cancellationToken);
        string parent = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "pelnas-tests");
        string folder = Path.Combine(parent, $"azurite-{Convert.ToHexStringLower(SHA256.HashData(packageLock))[..16]}");
        if (!Directory.Exists(folder))
        {
            // Several test processes may find it missing at the same time: each installs in a folder of its own, and the first to finish names it.
            string own = Path.Combine(parent, $"installing-{Environment.ProcessId}");
            Directory.CreateDirectory(own);
            foreach (string file in (string[])["package.json", "package-lock.json"])
            {
                File.Copy(Path.Combine(Sources, file), Path.Combine(own, file), overwrite: true);
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

        return Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
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
                $"'{start.FileName}' cannot be started, and the tests of the table store need it to run the Azurite emulator. Install Node.js 20 or later with npm and run the tests again.", exception);
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        using Process npm = Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = folder });
        npm.StandardInput.Close();
        Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"'npm ci' could not install the Azurite emulator in {folder}: {errors.Trim()}");
        }
    }
}
