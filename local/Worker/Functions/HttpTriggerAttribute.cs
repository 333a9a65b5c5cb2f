using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function when an HTTP request comes in.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method, with a function key.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>The given methods. A level that is not written counts as <see cref="AuthorizationLevel.Function"/>.</summary>
    /// <param name="methods">HTTP methods, in any case.</param>
    public HttpTriggerAttribute(params string[] methods)
        : this(AuthorizationLevel.Function, methods)
    {
    }

    /// <summary>Any method, with a key of the given level.</summary>
    /// <param name="authLevel">The key to ask for.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The given methods, with a key of the given level.</summary>
    /// <param name="authLevel">The key to ask for.</param>
    /// <param name="methods">HTTP methods, in any case.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below the app's prefix, as ASP.NET Core writes it (<c>searches/{id}</c>); the function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods served; null or empty for all.</summary>
    public string[]? Methods { get; }

    /// <summary>The key to ask for.</summary>
    public AuthorizationLevel AuthLevel { get; }
}
