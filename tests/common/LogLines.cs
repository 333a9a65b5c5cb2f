namespace PelNas.Tests;

/// <summary>Keeps every line that is logged, and lets tests wait for one.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly List<LogLine> _lines = [];
    private readonly ConcurrentBag<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Every exception that was logged, in full.</summary>
    public IEnumerable<string> Exceptions => Lines.Select(line => line.Exception?.ToString()).OfType<string>();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    /// <summary>The messages of a level.</summary>
    public string[] Of(LogLevel level) => [.. Lines.Where(line => line.Level == level).Select(line => line.Message)];

    /// <summary>Waits for a line that contains a text.</summary>
    public Task WaitForAsync(string text)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Exists(line => line.Message.Contains(text, StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            _waiting.Add((text, seen));
        }

        return Awaiting.For(seen.Task, $"the log line '{text}'");
    }

    private void Add(LogLine line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            foreach ((_, TaskCompletionSource seen) in _waiting.Where(
                waiting => line.Message.Contains(waiting.Text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }

    private sealed class Logger(string category, LogLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(new LogLine(category, logLevel, formatter(state, exception), exception));
    }
}

internal sealed record LogLine(string Category, LogLevel Level, string Message, Exception? Exception);
