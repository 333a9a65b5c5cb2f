using Microsoft.Extensions.Options;
using PelNas.Local.Engine;
using PelNas.Shared.Comparison;
using PelNas.Shared.Llm.Caching;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Transfer;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Supernets;

namespace PelNas.Cli;

/// <summary>The failures that a user can do something about. All others are faults of the program and keep their stack trace.</summary>
internal static class Failures
{
    /// <summary>What to tell the user, or null for a fault of the program.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        SearchFailedException or RunNotFoundException or DataFileException or StoreException or HistoryFileException
            or BenchmarkFileException or RunArchiveException or StoreChangedException or RecordingException => exception.Message,
        LibTorchException or ImageFolderException or SupernetCheckpointException => exception.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };
}

/// <summary>A search ended without a result. The message says why and what to do.</summary>
internal sealed class SearchFailedException(string message) : Exception(message);

/// <summary>The command line asks for something that is not allowed: exit 2. The message names the option and the fix.</summary>
internal sealed class UsageException(string message) : Exception(message);
