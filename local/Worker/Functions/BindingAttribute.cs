namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What every attribute that binds a function's parameter derives from.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    public BindingAttribute()
    {
    }
}
