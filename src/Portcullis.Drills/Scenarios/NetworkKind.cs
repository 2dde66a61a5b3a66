namespace Portcullis.Drills.Scenarios;

/// <summary>Where a simulated caller's packets come from.</summary>
public enum NetworkKind
{
    /// <summary>A new address every two to eight hours; one user in a hundred travels.</summary>
    Mobile,

    /// <summary>Hundreds of users behind one address.</summary>
    Cgnat,

    /// <summary>One address per household.</summary>
    Home,

    /// <summary>All users behind one address translator.</summary>
    Office,

    /// <summary>One to three fixed addresses per user, in networks of their own: home, office, build machines.</summary>
    Several,

    /// <summary>Two fixed addresses per user.</summary>
    Datacentre,
}
