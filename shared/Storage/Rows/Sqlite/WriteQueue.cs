using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Rows.Sqlite;

/// <summary>
/// Runs writes one after another on one connection. Those that wait while a commit is on its way to the disk share the next
/// one: six writers at once need a third of the commits, and 32 a sixteenth.
/// </summary>
internal sealed class WriteQueue(RowFile file) : IDisposable
{
    private readonly Lock _lock = new();
    private List<Write> _waiting = [];
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private bool _isDisposed;
    private RowStatements? _statements;

    /// <summary>Runs a write in a transaction that is on disk when the task is done.</summary>
    public async Task<T> RunAsync<T>(Func<RowStatements, T> work, CancellationToken cancellationToken)
    {
        Write write = new(statements => work(statements));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _waiting.Add(write);
            if (!_isRunning)
            {
                _isRunning = true;
                _running = Task.Run(CommitAll, CancellationToken.None);
            }
        }

        return (T)(await write.Done.Task.WaitAsync(cancellationToken))!;
    }

    /// <summary>Closes the connection once what waits is written.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _running.GetAwaiter().GetResult();
        _statements?.Dispose();
    }

    private void CommitAll()
    {
        while (true)
        {
            List<Write> group;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }

                (group, _waiting) = (_waiting, []);
            }

            Commit(group);
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            List<object?> results = file.Run(() =>
            {
                _statements ??= new RowStatements(file.Open());
                using SqliteTransaction transaction = _statements.Begin();
                List<object?> results = group.ConvertAll(write => write.Work(_statements));
                transaction.Commit();
                return results;
            });
            foreach ((Write write, object? result) in group.Zip(results))
            {
                write.Done.SetResult(result);
            }
        }
        catch (Exception exception)
        {
            // Nobody awaits this method: each writer gets the fault, whichever it is, and the next group a new connection.
            group.ForEach(write => write.Done.TrySetException(exception));
            _statements?.Dispose();
            _statements = null;
        }
    }

    private sealed record Write(Func<RowStatements, object?> Work)
    {
        // What follows a write must not run on the thread that commits.
        public TaskCompletionSource<object?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
