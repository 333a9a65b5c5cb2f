using System.Runtime.InteropServices;

namespace PelNas.Cli;

/// <summary>Ctrl-C and SIGTERM: a verb is notified at once, and has a moment to end before the program does.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private static int Told;

    private readonly CancellationTokenSource _requested = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
    ];

    /// <summary>Notifies the verb.</summary>
    public CancellationToken Token => _requested.Token;

    /// <summary>Ends when the verb has had its moment, or the user asks again.</summary>
    public Task Over => _over.Task;

    /// <summary>Says on stderr, once, that the program was interrupted.</summary>
    /// <param name="hint">How to go on, or null.</param>
    public static int Tell(string? hint = null)
    {
        if (Interlocked.Exchange(ref Told, 1) == 0)
        {
            Console.Error.WriteLine($"pelnas: interrupted{(hint is null ? "" : $"; {hint}")}");
        }

        return ExitCode.Interrupted;
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_requested.IsCancellationRequested)
        {
            _over.TrySetResult();
            return;
        }

        // What the verb has registered runs on other threads than that of the signal.
        _ = _requested.CancelAsync();
        _ = EndMomentAsync();
    }

    private async Task EndMomentAsync()
    {
        await Task.Delay(Moment);
        _over.TrySetResult();
    }
}
