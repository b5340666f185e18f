<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>ChartCanvas</name>
    <message>
        <source>Chart</source>
        <translation>Carte</translation>
    </message>
</context>
<context>
    <name>Snapshot</name>
    <message>
        <source>1 event</source>
        <translation>1 événement</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 personne</translation>
    </message>
    <message>
        <source>1 plotted report lies outside this sheet</source>
        <translation>1 signalement est hors de cette feuille</translation>
    </message>
    <message>
        <source>1 prevented</source>
        <translation>1 tentative empêchée</translation>
    </message>
    <message>
        <source>1 unaccounted</source>
        <translation>1 non retrouvée</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>All that was plotted by then · last report {time}</source>
        <translation>Tout ce qui était enregistré à cette heure · dernier signalement {time}</translation>
    </message>
    <message>
        <source>Ashore: {what}</source>
        <translation>À terre&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Boat</source>
        <translation>Embarcation</translation>
    </message>
    <message>
        <source>Boats</source>
        <translation>Embarcations</translation>
    </message>
    <message>
        <source>Boats: {open} open, {closed} closed</source>
        <translation>Embarcations&#xa0;: {open} cas en cours, {closed} clos</translation>
    </message>
    <message>
        <source>Closed track</source>
        <translation>Trajet, cas clos</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Craft</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Data to {time}</source>
        <translation>Données au {time}</translation>
    </message>
    <message>
        <source>Date {room}</source>
        <translation>Date {room}</translation>
    </message>
    <message>
        <source>Datum and radius of a search</source>
        <translation>Datum et rayon de recherche</translation>
    </message>
    <message>
        <source>EXAMPLE</source>
        <translation>EXEMPLE</translation>
    </message>
    <message>
        <source>EXAMPLE, all fictional</source>
        <translation>EXEMPLE, entièrement fictif</translation>
    </message>
    <message>
        <source>For plotting by hand · times in UTC (Z), courses true</source>
        <translation>À porter à la main · heures UTC (Z), routes vraies</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Last position</source>
        <translation>Dernière position</translation>
    </message>
    <message>
        <source>Last report</source>
        <translation>Dernier signalement</translation>
    </message>
    <message>
        <source>Launch beach, from the register</source>
        <translation>Plage de départ du registre</translation>
    </message>
    <message>
        <source>Launch beach, plotted</source>
        <translation>Plage de départ retenue</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Limit of waters, loaded</source>
        <translation>Limite d&apos;eaux, importée</translation>
    </message>
    <message>
        <source>Mercator, WGS 84</source>
        <translation>Mercator, WGS 84</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>NOT FOR NAVIGATION</source>
        <translation>NE PAS UTILISER POUR LA NAVIGATION</translation>
    </message>
    <message>
        <source>Named mark, approximate</source>
        <translation>Amer, position approchée</translation>
    </message>
    <message>
        <source>No reports plotted</source>
        <translation>Aucun signalement enregistré</translation>
    </message>
    <message>
        <source>No reports plotted by then</source>
        <translation>Aucun signalement enregistré à cette heure</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Opérateur</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>Page {number} sur {count}</translation>
    </message>
    <message>
        <source>Passages of tracks, 1 to {most} or more</source>
        <translation>Passages, de 1 à {most} ou plus</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Planned search</source>
        <translation>Recherche planifiée</translation>
    </message>
    <message>
        <source>Plot {state}</source>
        <translation>Situation {state}</translation>
    </message>
    <message>
        <source>Plotting sheet</source>
        <translation>Canevas de report</translation>
    </message>
    <message>
        <source>Position reported, time in UTC</source>
        <translation>Position signalée, heure UTC</translation>
    </message>
    <message>
        <source>Position, as told</source>
        <translation>Position, telle que donnée</translation>
    </message>
    <message>
        <source>Prepared by {name}</source>
        <translation>Établi par {name}</translation>
    </message>
    <message>
        <source>Release copy: positions to {grid}; sources, words and names left out</source>
        <translation>Version diffusable&#xa0;: positions arrondies à {grid}&#xa0;; sources, propos et noms omis</translation>
    </message>
    <message>
        <source>Report of no known boat</source>
        <translation>Signalement non rattaché</translation>
    </message>
    <message>
        <source>Search and rescue limit, loaded</source>
        <translation>Limite SAR, importée</translation>
    </message>
    <message>
        <source>Sheet {number}</source>
        <translation>Feuille {number}</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Time (Z)</source>
        <translation>Heure (Z)</translation>
    </message>
    <message>
        <source>Time of the last report in the plot</source>
        <translation>Heure du dernier signalement enregistré</translation>
    </message>
    <message>
        <source>Track through the reports</source>
        <translation>Trajet par les signalements</translation>
    </message>
    <message>
        <source>UK–France boundary of 1988</source>
        <translation>Limite franco-britannique de 1988</translation>
    </message>
    <message>
        <source>Unaccounted</source>
        <translation>Non retrouvées</translation>
    </message>
    <message>
        <source>Variation {variation} ({year})</source>
        <translation>Déclinaison {variation} ({year})</translation>
    </message>
    <message>
        <source>Watch log</source>
        <translation>Main courante (en anglais)</translation>
    </message>
    <message>
        <source>Watch {room}</source>
        <translation>Quart {room}</translation>
    </message>
    <message>
        <source>Waters</source>
        <translation>Eaux</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Action consignée</translation>
    </message>
    <message>
        <source>What was reported by then, as plotted since · last report {time}</source>
        <translation>Ce qui était signalé à cette heure, selon la situation tenue depuis · dernier signalement {time}</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Propos</translation>
    </message>
    <message>
        <source>and {count} more follow, {open} of them open</source>
        <translation>et {count} suivent, dont {open} en cours</translation>
    </message>
    <message>
        <source>and {count} more follow; {unlisted}, {open} of them open, not listed</source>
        <translation>et {count} suivent&#xa0;; {unlisted}, dont {open} en cours, non listées</translation>
    </message>
    <message>
        <source>and {count} more, {open} of them open</source>
        <translation>et {count} de plus, dont {open} en cours</translation>
    </message>
    <message>
        <source>at {latitude} on a sheet {width} × {height} mm</source>
        <translation>à {latitude}, feuille de {width} × {height} mm</translation>
    </message>
    <message>
        <source>at {latitude}, {width} × {height} mm</source>
        <translation>à {latitude}, {width} × {height} mm</translation>
    </message>
    <message>
        <source>last report</source>
        <translation>dernier signalement</translation>
    </message>
    <message>
        <source>last report · age</source>
        <translation>dernier signalement · âge</translation>
    </message>
    <message>
        <source>{count} plotted reports lie outside this sheet</source>
        <translation>{count} signalements sont hors de cette feuille</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} j {hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes:02d}</source>
        <translation>{hours} h {minutes:02d}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{number} events</source>
        <translation>{number} événements</translation>
    </message>
    <message>
        <source>{number} people</source>
        <translation>{number} personnes</translation>
    </message>
    <message>
        <source>{number} prevented</source>
        <translation>{number} tentatives empêchées</translation>
    </message>
    <message>
        <source>{people} unaccounted</source>
        <translation>{people} non retrouvées</translation>
    </message>
    <message>
        <source>{people}, 1 child</source>
        <translation>{people}, 1 enfant</translation>
    </message>
    <message>
        <source>{people}, {number} children</source>
        <translation>{people}, {number} enfants</translation>
    </message>
    <message>
        <source>{reported} reported, {counted} counted</source>
        <translation>{reported} au signalement, {counted} au comptage</translation>
    </message>
    <message>
        <source>{status}, explained by {name}</source>
        <translation>{status}, justifié par {name}</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} mm</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>1 child</source>
        <translation>1 enfant</translation>
    </message>
    <message>
        <source>RHIB</source>
        <translation>semi-rigide</translation>
    </message>
    <message>
        <source>adrift</source>
        <translation>à la dérive</translation>
    </message>
    <message>
        <source>aircraft</source>
        <translation>aéronef</translation>
    </message>
    <message>
        <source>beacon</source>
        <translation>balise</translation>
    </message>
    <message>
        <source>buoy</source>
        <translation>bouée</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>caméra</translation>
    </message>
    <message>
        <source>closed, unresolved</source>
        <translation>cas clos, non élucidé</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>présence confirmée</translation>
    </message>
    <message>
        <source>contact lost</source>
        <translation>contact perdu</translation>
    </message>
    <message>
        <source>distress</source>
        <translation>en détresse</translation>
    </message>
    <message>
        <source>escorted</source>
        <translation>sous escorte</translation>
    </message>
    <message>
        <source>event</source>
        <translation>événement</translation>
    </message>
    <message>
        <source>harbour entrance</source>
        <translation>entrée de port</translation>
    </message>
    <message>
        <source>headland</source>
        <translation>cap</translation>
    </message>
    <message>
        <source>inflatable</source>
        <translation>pneumatique</translation>
    </message>
    <message>
        <source>jet ski</source>
        <translation>jet-ski (VNM)</translation>
    </message>
    <message>
        <source>kayak, canoe</source>
        <translation>kayak, canoë</translation>
    </message>
    <message>
        <source>landed</source>
        <translation>arrivée à terre</translation>
    </message>
    <message>
        <source>landing</source>
        <translation>arrivée à terre</translation>
    </message>
    <message>
        <source>launch</source>
        <translation>départ</translation>
    </message>
    <message>
        <source>light</source>
        <translation>feu</translation>
    </message>
    <message>
        <source>light vessel or float</source>
        <translation>bateau-feu</translation>
    </message>
    <message>
        <source>merchant vessel</source>
        <translation>navire de commerce</translation>
    </message>
    <message>
        <source>not a small boat</source>
        <translation>n&apos;est pas une petite embarcation</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnue</translation>
    </message>
    <message>
        <source>other craft</source>
        <translation>autre engin</translation>
    </message>
    <message>
        <source>other mark</source>
        <translation>autre amer</translation>
    </message>
    <message>
        <source>other source</source>
        <translation>autre source</translation>
    </message>
    <message>
        <source>other type</source>
        <translation>autre type</translation>
    </message>
    <message>
        <source>partner</source>
        <translation>partenaire</translation>
    </message>
    <message>
        <source>patrol</source>
        <translation>patrouille</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>téléphone</translation>
    </message>
    <message>
        <source>position</source>
        <translation>position</translation>
    </message>
    <message>
        <source>prevented</source>
        <translation>départ empêché</translation>
    </message>
    <message>
        <source>prevented attempt</source>
        <translation>tentative empêchée</translation>
    </message>
    <message>
        <source>radar</source>
        <translation>radar</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>présence signalée</translation>
    </message>
    <message>
        <source>rescue vessel</source>
        <translation>navire de sauvetage</translation>
    </message>
    <message>
        <source>rescued (all)</source>
        <translation>tous secourus</translation>
    </message>
    <message>
        <source>rescued (part)</source>
        <translation>secourus en partie</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>retour à la côte</translation>
    </message>
    <message>
        <source>rigid hull</source>
        <translation>coque rigide</translation>
    </message>
    <message>
        <source>same as another</source>
        <translation>identique à une autre</translation>
    </message>
    <message>
        <source>search suspended</source>
        <translation>recherche suspendue</translation>
    </message>
    <message>
        <source>ship</source>
        <translation>navire</translation>
    </message>
    <message>
        <source>small boat</source>
        <translation>petite embarcation</translation>
    </message>
    <message>
        <source>status: {status}</source>
        <translation>statut&#xa0;: {status}</translation>
    </message>
    <message>
        <source>total not said</source>
        <translation>total non précisé</translation>
    </message>
    <message>
        <source>under sail</source>
        <translation>à voile</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en route</translation>
    </message>
    <message>
        <source>{number} children</source>
        <translation>{number} enfants</translation>
    </message>
    <message>
        <source>{people} counted</source>
        <translation>{people} au comptage</translation>
    </message>
    <message>
        <source>{total} est</source>
        <translation>{total} env.</translation>
    </message>
</context>
<context>
    <name>chart</name>
    <message>
        <source>1 cable</source>
        <translation>1 encablure</translation>
    </message>
    <message>
        <source>Area to be Avoided</source>
        <translation>Zone à éviter</translation>
    </message>
    <message>
        <source>CSP</source>
        <comment>commence search point</comment>
        <translation>CSP</translation>
    </message>
    <message>
        <source>Contiguous zone, 24 M</source>
        <translation>Zone contiguë, 24 M</translation>
    </message>
    <message>
        <source>Continental shelf</source>
        <translation>Plateau continental</translation>
    </message>
    <message>
        <source>DW</source>
        <translation>DW</translation>
    </message>
    <message>
        <source>EXAMPLE</source>
        <translation>EXEMPLE</translation>
    </message>
    <message>
        <source>Equidistance line, indicative</source>
        <translation>Ligne d&apos;équidistance, indicative</translation>
    </message>
    <message>
        <source>Exclusive economic zone</source>
        <translation>Zone économique exclusive</translation>
    </message>
    <message>
        <source>Inshore Traffic Zone</source>
        <translation>Zone de navigation côtière</translation>
    </message>
    <message>
        <source>Maritime boundary</source>
        <translation>Frontière maritime</translation>
    </message>
    <message>
        <source>Passages through a pixel</source>
        <translation>Passages par pixel</translation>
    </message>
    <message>
        <source>Precautionary Area</source>
        <translation>Zone de prudence</translation>
    </message>
    <message>
        <source>Straight baseline</source>
        <translation>Ligne de base droite</translation>
    </message>
    <message>
        <source>Territorial sea, 12 M</source>
        <translation>Mer territoriale, 12 M</translation>
    </message>
    <message>
        <source>UK / France boundary 1988</source>
        <translation>Limite franco-britannique 1988</translation>
    </message>
    <message>
        <source>and {number} more</source>
        <translation>et {number} de plus</translation>
    </message>
    <message>
        <source>datum {time}  R {radius}</source>
        <translation>datum {time}  R {radius}</translation>
    </message>
    <message>
        <source>expired {time}</source>
        <translation>périmé depuis {time}</translation>
    </message>
    <message>
        <source>from {time} on</source>
        <translation>à partir de {time}</translation>
    </message>
    <message>
        <source>last fix too old to reckon: {names}</source>
        <translation>dernière position trop ancienne pour l&apos;estime&#xa0;: {names}</translation>
    </message>
    <message>
        <source>marks and beaches approximate, not for navigation</source>
        <translation>amers et plages en position approchée, ne pas utiliser pour la navigation</translation>
    </message>
    <message>
        <source>no position yet: {names}</source>
        <translation>pas encore de position&#xa0;: {names}</translation>
    </message>
    <message>
        <source>stream {set}° {rate} kn</source>
        <translation>courant {set}° {rate} nd</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>jusqu&apos;à {time}</translation>
    </message>
    <message>
        <source>wind {bearing}° {speed} kn · leeway {share} %</source>
        <translation>vent du {bearing}° {speed} nd · dérive {share}&#xa0;%</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} et {count} de plus</translation>
    </message>
    <message>
        <source>{name}  {people} POB</source>
        <comment>people on board</comment>
        <translation>{name}  {people} POB</translation>
    </message>
    <message>
        <source>{name} (indicative)</source>
        <translation>{name} (indicatif)</translation>
    </message>
    <message>
        <source>{name} DR {time}</source>
        <translation>{name} DR {time}</translation>
    </message>
    <message>
        <source>{name} EP {time}</source>
        <translation>{name} EP {time}</translation>
    </message>
    <message>
        <source>{name} EP {time} if adrift</source>
        <translation>{name} EP {time} si à la dérive</translation>
    </message>
    <message>
        <source>{number} NM</source>
        <translation>{number} NM</translation>
    </message>
    <message>
        <source>{number} cables</source>
        <translation>{number} encablures</translation>
    </message>
    <message>
        <source>{position} supposed</source>
        <translation>{position} supposé</translation>
    </message>
    <message>
        <source>{search} for {track}</source>
        <comment>a search for a boat</comment>
        <translation>{search} pour {track}</translation>
    </message>
    <message>
        <source>{state} search and rescue</source>
        <translation>recherche et sauvetage {state}</translation>
    </message>
    <message>
        <source>{state} waters</source>
        <translation>eaux {state}</translation>
    </message>
    <message>
        <source>{text} · not saved</source>
        <translation>{text} · non enregistré</translation>
    </message>
</context>
</TS>
