using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PelNas.Functions.Tests.Support;

/// <summary>Keeps every line that is logged, and lets tests wait for one.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly List<(LogLevel Level, string Message)> _lines = [];
    private readonly ConcurrentBag<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<(LogLevel Level, string Message)> Lines
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
    public ConcurrentQueue<string> Exceptions { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

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

    private void Add(LogLevel level, string message)
    {
        lock (_gate)
        {
            _lines.Add((level, message));
            foreach ((_, TaskCompletionSource seen) in _waiting.Where(waiting => message.Contains(waiting.Text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }

    private sealed class Logger(LogLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lines.Add(logLevel, formatter(state, exception));
            if (exception is not null)
            {
                lines.Exceptions.Enqueue(exception.ToString());
            }
        }
    }
}
