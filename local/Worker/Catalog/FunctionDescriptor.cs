using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using PelNas.Local.Worker.Timers;

namespace PelNas.Local.Worker.Catalog;

/// <summary>A function of the app, checked and ready to run.</summary>
/// <param name="Name">Its name, unique without regard to case.</param>
/// <param name="Method">The code behind it.</param>
internal abstract record FunctionDescriptor(string Name, FunctionMethod Method);

/// <summary>A function that answers HTTP requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The code behind it.</param>
/// <param name="Route">The path it answers, with the app's prefix.</param>
/// <param name="HttpMethods">The methods it answers, in upper case; empty for all.</param>
/// <param name="Level">The key to ask for.</param>
internal sealed record HttpFunction(
    string Name, FunctionMethod Method, RoutePattern Route, IReadOnlyList<string> HttpMethods, AuthorizationLevel Level)
    : FunctionDescriptor(Name, Method);

/// <summary>A function that runs on a schedule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The code behind it.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="UseMonitor">Whether its runs are recorded.</param>
/// <param name="RunOnStartup">Whether it also runs at every start.</param>
internal sealed record TimerFunction(string Name, FunctionMethod Method, TimerSchedule Schedule, bool UseMonitor, bool RunOnStartup)
    : FunctionDescriptor(Name, Method);

/// <summary>A function that orchestrates others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The code behind it.</param>
/// <param name="TaskName">The name orchestrations are started by.</param>
internal sealed record OrchestratorFunction(string Name, FunctionMethod Method, string TaskName) : FunctionDescriptor(Name, Method);

/// <summary>A function that does one step of an orchestration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The code behind it.</param>
/// <param name="TaskName">The name orchestrators call it by.</param>
internal sealed record ActivityFunction(string Name, FunctionMethod Method, string TaskName) : FunctionDescriptor(Name, Method);
