<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Words</name>
    <message>
        <source>Nobody yet</source>
        <translation>Noch niemand</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Passwort anzeigen</translation>
    </message>
    <message>
        <source>Hide password</source>
        <translation>Passwort verbergen</translation>
    </message>
    <message>
        <source>Open calendar</source>
        <translation>Kalender öffnen</translation>
    </message>
    <message>
        <source>We can’t read this date. Write it like %1.</source>
        <translation>Dieses Datum lässt sich nicht lesen. Schreib es so: %1.</translation>
    </message>
    <message>
        <source>That day is over already.</source>
        <translation>Dieser Tag ist schon vorbei.</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>We can’t read this time. Write it like %1.</source>
        <translation>Diese Uhrzeit lässt sich nicht lesen. Schreib sie so: %1.</translation>
    </message>
    <message>
        <source>One less</source>
        <translation>Eins weniger</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>Eins mehr</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Email or password is wrong.</source>
        <translation>E-Mail-Adresse oder Passwort stimmt nicht.</translation>
    </message>
    <message>
        <source>There is already an account with this email. Sign in instead.</source>
        <translation>Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melde dich stattdessen an.</translation>
    </message>
    <message>
        <source>Last 365 days</source>
        <translation>Die letzten 365 Tage</translation>
    </message>
    <message>
        <source>A minute in a room fills in its day.</source>
        <translation>Schon eine Minute in einem Raum färbt den Tag.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmal versuchen</translation>
    </message>
    <message>
        <source>Try the camera again</source>
        <translation>Kamera nochmal versuchen</translation>
    </message>
    <message>
        <source>Starting your camera…</source>
        <translation>Deine Kamera startet …</translation>
    </message>
    <message>
        <source>Your camera is off</source>
        <translation>Deine Kamera ist aus</translation>
    </message>
    <message>
        <source>Your picture: %1</source>
        <translation>Dein Bild: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 on %n days</source>
        <translation>
            <numerusform>%1 an %n Tag</numerusform>
            <numerusform>%1 an %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Darker days hold more study; each day says how much</source>
        <translation>Kräftigere Tage stehen für mehr Lernzeit; jeder Tag sagt, wie viel</translation>
    </message>
    <message>
        <source>You are in a room already. Leave it before you join another.</source>
        <translation>Du bist schon in einem Raum. Verlasse ihn, bevor du einen anderen betrittst.</translation>
    </message>
    <message>
        <source>What do you want to get done?</source>
        <translation>Was möchtest du schaffen?</translation>
    </message>
    <message>
        <source>Your goal</source>
        <translation>Dein Ziel</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Alone for now, in a room on this computer. Others in your network can join you.</source>
        <translation>Erst einmal allein, in einem Raum auf diesem Computer. Andere in deinem Netz können dazukommen.</translation>
    </message>
    <message>
        <source>Start focusing</source>
        <translation>Loslegen</translation>
    </message>
    <message>
        <source>Show room</source>
        <translation>Raum anzeigen</translation>
    </message>
    <message>
        <source>%1’s room</source>
        <translation>Raum von %1</translation>
    </message>
    <message>
        <source>The room could not be started on this computer. Try again; if it stays, restart the app.</source>
        <translation>Der Raum konnte auf diesem Computer nicht gestartet werden. Versuche es nochmal; wenn es dabei bleibt, starte die App neu.</translation>
    </message>
    <message>
        <source>“%1” is in the list now.</source>
        <translation>„%1“ steht jetzt in der Liste.</translation>
    </message>
    <message>
        <source>Signing you in…</source>
        <translation>Du wirst angemeldet …</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Treffen</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Your account</source>
        <translation>Dein Konto</translation>
    </message>
    <message>
        <source>Tutor</source>
        <translation>Tutor*in</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>Lernende*r</translation>
    </message>
    <message>
        <source>Your account, %1</source>
        <translation>Dein Konto, %1</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Show Deskmates</source>
        <translation>Deskmates anzeigen</translation>
    </message>
    <message>
        <source>Show the room</source>
        <translation>Raum anzeigen</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>Leave the room</source>
        <translation>Den Raum verlassen</translation>
    </message>
    <message>
        <source>Deskmates</source>
        <translation>Deskmates</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Wieder verbunden</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Du trittst bei …</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Verbinde neu …</translation>
    </message>
    <message>
        <source>We can’t reach the server. We keep trying.</source>
        <translation>Wir erreichen den Server nicht. Wir versuchen es weiter.</translation>
    </message>
    <message>
        <source>The server has been away for more than a minute.</source>
        <translation>Der Server ist seit über einer Minute weg.</translation>
    </message>
    <message>
        <source>You still hear and see each other. What you write is sent when we’re back.</source>
        <translation>Ihr hört und seht euch weiterhin. Was du schreibst, wird gesendet, sobald wir zurück sind.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Press Enter to open its link</source>
        <translation>Eingabetaste öffnet den Link</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Not sent. Press Enter to try again, Delete to remove it.</source>
        <translation>Nicht gesendet. Eingabetaste: nochmal versuchen, Entf: löschen.</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neu</numerusform>
            <numerusform>%n neu</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
    <message>
        <source>Earlier messages could not be loaded.</source>
        <translation>Frühere Nachrichten konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>No messages yet. Say hello!</source>
        <translation>Noch keine Nachrichten. Sag hallo!</translation>
    </message>
    <message>
        <source>Messages are being loaded</source>
        <translation>Nachrichten werden geladen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Open %1…</source>
        <translation>%1 öffnen …</translation>
    </message>
    <message>
        <source>Message everyone</source>
        <translation>Nachricht an alle</translation>
    </message>
    <message>
        <source>Choose an emoji</source>
        <translation>Emoji auswählen</translation>
    </message>
    <message>
        <source>Send message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Close emoji</source>
        <translation>Emojis schließen</translation>
    </message>
    <message>
        <source>Too long by %1. Shorten it, or send it in two messages.</source>
        <translation>Um %1 zu lang. Kürze die Nachricht oder sende sie in zwei Teilen.</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 von %2 Zeichen</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>We can’t hear you: wrong microphone?</source>
        <translation>Wir hören dich nicht: falsches Mikrofon?</translation>
    </message>
    <message>
        <source>Choose microphone</source>
        <translation>Mikrofon auswählen</translation>
    </message>
    <message>
        <source>You hear nobody.</source>
        <translation>Du hörst niemanden.</translation>
    </message>
    <message>
        <source>Hear everybody</source>
        <translation>Alle hören</translation>
    </message>
    <message>
        <source>Choose camera</source>
        <translation>Kamera auswählen</translation>
    </message>
    <message>
        <source>React</source>
        <translation>Reagieren</translation>
    </message>
    <message>
        <source>React with an emoji</source>
        <translation>Mit einem Emoji reagieren</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>Weitere Möglichkeiten</translation>
    </message>
    <message>
        <source>Stop share</source>
        <translation>Teilen beenden</translation>
    </message>
    <message>
        <source>Stop sharing your screen</source>
        <translation>Bildschirm nicht mehr teilen</translation>
    </message>
    <message>
        <source>Lower your hand</source>
        <translation>Hand senken</translation>
    </message>
    <message>
        <source>Raise your hand</source>
        <translation>Hand heben</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Close timer</source>
        <translation>Timer schließen</translation>
    </message>
    <message>
        <source>Open timer</source>
        <translation>Timer öffnen</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>Timer</translation>
    </message>
    <message>
        <source>Mute microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Mikro einschalten</translation>
    </message>
    <message>
        <source>Unmute microphone</source>
        <translation>Mikrofon einschalten</translation>
    </message>
    <message>
        <source>Stop video</source>
        <translation>Video stoppen</translation>
    </message>
    <message>
        <source>Your goal for this session</source>
        <translation>Dein Ziel für dieses Treffen</translation>
    </message>
    <message>
        <source>Only you see it. You can leave it empty.</source>
        <translation>Nur du siehst es. Du kannst es leer lassen.</translation>
    </message>
    <message>
        <source>Turn body-double mode off</source>
        <translation>Body-Double-Modus ausschalten</translation>
    </message>
    <message>
        <source>Turn body-double mode on</source>
        <translation>Body-Double-Modus einschalten</translation>
    </message>
    <message>
        <source>Needs a camera</source>
        <translation>Nur mit Kamera</translation>
    </message>
    <message>
        <source>A still every 10 s</source>
        <translation>Alle 10 s ein Bild</translation>
    </message>
    <message>
        <source>Body-double</source>
        <translation>Body-Double</translation>
    </message>
    <message>
        <source>Company without talk: a still of you every 10 s, and no sound.</source>
        <translation>Gesellschaft ohne Gespräch: alle 10 s ein Standbild von dir, ohne Ton.</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Keine Kamera</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Try the microphone again</source>
        <translation>Mikrofon nochmal versuchen</translation>
    </message>
    <message>
        <source>Press to try again</source>
        <translation>Nochmal</translation>
    </message>
    <message>
        <source>Camera on</source>
        <translation>Kamera an</translation>
    </message>
    <message>
        <source>Microphone on</source>
        <translation>Mikrofon an</translation>
    </message>
    <message>
        <source>Press %1 to stop</source>
        <translation>%1: aus</translation>
    </message>
    <message>
        <source>Press %1 to mute</source>
        <translation>%1: stumm</translation>
    </message>
    <message>
        <source>Others will see you</source>
        <translation>Andere werden dich sehen</translation>
    </message>
    <message>
        <source>Others will hear you</source>
        <translation>Andere werden dich hören</translation>
    </message>
    <message>
        <source>Camera off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>Microphone off</source>
        <translation>Mikrofon aus</translation>
    </message>
    <message>
        <source>Press %1 to start</source>
        <translation>%1: an</translation>
    </message>
    <message>
        <source>Press %1 to unmute</source>
        <translation>%1: an</translation>
    </message>
    <message>
        <source>Start video</source>
        <translation>Video starten</translation>
    </message>
    <message>
        <source>Others will not see you</source>
        <translation>Andere werden dich nicht sehen</translation>
    </message>
    <message>
        <source>Others will not hear you</source>
        <translation>Andere werden dich nicht hören</translation>
    </message>
    <message>
        <source>Nobody sees or hears you until you join.</source>
        <translation>Niemand sieht oder hört dich, bevor du beitrittst.</translation>
    </message>
    <message>
        <source>Nobody else takes part yet</source>
        <translation>Noch nimmt niemand sonst teil</translation>
    </message>
    <message numerus="yes">
        <source>With %1 and %n more</source>
        <translation>
            <numerusform>Mit %1 und %n weiterer</numerusform>
            <numerusform>Mit %1 und %n weiteren</numerusform>
        </translation>
    </message>
    <message>
        <source>With %1</source>
        <translation>Mit %1</translation>
    </message>
    <message>
        <source>Before you join</source>
        <translation>Bevor du beitrittst</translation>
    </message>
    <message>
        <source>The room’s shortcuts work here too</source>
        <translation>Die Tastenkürzel des Raums gelten auch hier</translation>
    </message>
    <message>
        <source>Close chat</source>
        <translation>Chat schließen</translation>
    </message>
    <message>
        <source>Open chat</source>
        <translation>Chat öffnen</translation>
    </message>
    <message>
        <source>%1 unread</source>
        <translation>%1 ungelesen</translation>
    </message>
    <message>
        <source>%1 counted</source>
        <translation>%1 gezählt</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Nothing was said in the chat.</source>
        <translation>Im Chat wurde nichts gesagt.</translation>
    </message>
    <message>
        <source>Headphones</source>
        <translation>Kopfhörer</translation>
    </message>
    <message>
        <source>You wear them, so there is no echo to take out.</source>
        <translation>Wenn du welche trägst, gibt es kein Echo zu entfernen.</translation>
    </message>
    <message>
        <source>Echo cancellation</source>
        <translation>Echo-Unterdrückung</translation>
    </message>
    <message>
        <source>Keeps others from hearing themselves from your speakers.</source>
        <translation>Damit andere sich nicht aus deinen Lautsprechern hören.</translation>
    </message>
    <message>
        <source>Noise suppression</source>
        <translation>Rauschunterdrückung</translation>
    </message>
    <message>
        <source>Keeps keyboard and fan out.</source>
        <translation>Hält Tastatur und Lüfter fern.</translation>
    </message>
    <message>
        <source>Even loudness</source>
        <translation>Gleichmäßige Lautstärke</translation>
    </message>
    <message>
        <source>Makes you as loud as others, near and far.</source>
        <translation>Macht dich so laut wie andere, nah und fern.</translation>
    </message>
    <message>
        <source>Take out rumble</source>
        <translation>Rumpeln entfernen</translation>
    </message>
    <message>
        <source>Keeps knocks on the desk and passing cars out.</source>
        <translation>Hält Stöße an den Tisch und vorbeifahrende Autos fern.</translation>
    </message>
    <message>
        <source>Chimes</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <source>A small sound when somebody comes, goes or raises a hand.</source>
        <translation>Ein kleiner Klang, wenn jemand kommt, geht oder die Hand hebt.</translation>
    </message>
    <message>
        <source>Sound settings</source>
        <translation>Ton-Einstellungen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Geschafft</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>Teilweise</translation>
    </message>
    <message>
        <source>Not this time</source>
        <translation>Diesmal nicht</translation>
    </message>
    <message>
        <source>You may not write there. Choose another folder.</source>
        <translation>Dort darfst du nicht schreiben. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>That folder is not there any more. Choose another one.</source>
        <translation>Diesen Ordner gibt es nicht mehr. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>That is a folder. Give the file a name of its own.</source>
        <translation>Das ist ein Ordner. Gib der Datei einen eigenen Namen.</translation>
    </message>
    <message>
        <source>The disk is full. Make room, or choose another one.</source>
        <translation>Der Datenträger ist voll. Schaffe Platz oder wähle einen anderen.</translation>
    </message>
    <message>
        <source>The notes could not be saved there. Choose another folder.</source>
        <translation>Die Notizen konnten dort nicht gespeichert werden. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Close people</source>
        <translation>Personenliste schließen</translation>
    </message>
    <message>
        <source>Open people</source>
        <translation>Personenliste öffnen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Often used here</source>
        <translation>Hier oft benutzt</translation>
    </message>
    <message>
        <source>Smileys and hands</source>
        <translation>Smileys und Hände</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>Natur</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>Essen und Trinken</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Aktivitäten</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>Dinge</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emojis</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Emoji suchen</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>spricht</translation>
    </message>
    <message>
        <source>microphone off</source>
        <translation>Mikrofon aus</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>camera on</source>
        <translation>Kamera an</translation>
    </message>
    <message>
        <source>body-double mode</source>
        <translation>Body-Double-Modus</translation>
    </message>
    <message>
        <source>hand raised</source>
        <translation>Hand gehoben</translation>
    </message>
    <message>
        <source>sharing a screen</source>
        <translation>teilt den Bildschirm</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>video hidden by you</source>
        <translation>Video von dir ausgeblendet</translation>
    </message>
    <message>
        <source>poor connection</source>
        <translation>schlechte Verbindung</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde …</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>sharing</source>
        <translation>teilt</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>tutor</source>
        <translation>Tutor*in</translation>
    </message>
    <message>
        <source>Leaving…</source>
        <translation>Du verlässt den Raum …</translation>
    </message>
    <message>
        <source>%1 shares a screen now, so yours is no longer shared.</source>
        <translation>%1 teilt jetzt den Bildschirm, deiner wird deshalb nicht mehr geteilt.</translation>
    </message>
    <message>
        <source>You are muted: nobody hears you.</source>
        <translation>Du bist stumm: Niemand hört dich.</translation>
    </message>
    <message>
        <source>This computer is busy, so others see you with fewer or smaller pictures for now.</source>
        <translation>Dieser Computer ist ausgelastet; andere sehen dich vorerst mit weniger oder kleineren Bildern.</translation>
    </message>
    <message>
        <source>%1 is gone; using %2.</source>
        <translation>%1 ist nicht mehr da; wir benutzen jetzt %2.</translation>
    </message>
    <message>
        <source>Your usual %1 is not plugged in; using %2.</source>
        <translation>Das übliche Gerät (%1) ist nicht angeschlossen; wir benutzen jetzt %2.</translation>
    </message>
    <message>
        <source>%1 is back, and in use.</source>
        <translation>%1 ist wieder da, wir benutzen es.</translation>
    </message>
    <message>
        <source>Now using %1, the system’s default.</source>
        <translation>Wir benutzen jetzt %1, das Standardgerät des Systems.</translation>
    </message>
    <message>
        <source>Found %1. Turn it on when you are ready.</source>
        <translation>%1 gefunden. Schalte es ein, wenn du so weit bist.</translation>
    </message>
    <message>
        <source>%1 joined</source>
        <translation>%1 ist jetzt da</translation>
    </message>
    <message>
        <source>%1 and %2 joined</source>
        <translation>%1 und %2 sind jetzt da</translation>
    </message>
    <message numerus="yes">
        <source>%n people joined</source>
        <translation>
            <numerusform>%n Person ist dazugekommen</numerusform>
            <numerusform>%n Personen sind dazugekommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people left</source>
        <translation>
            <numerusform>%n Person ist gegangen</numerusform>
            <numerusform>%n Personen sind gegangen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people raised a hand</source>
        <translation>
            <numerusform>%n Person hat die Hand gehoben</numerusform>
            <numerusform>%n Personen haben die Hand gehoben</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 raised a hand</source>
        <translation>%1 hat die Hand gehoben</translation>
    </message>
    <message>
        <source>%1 and %2 raised a hand</source>
        <translation>%1 und %2 haben die Hand gehoben</translation>
    </message>
    <message>
        <source>%1 reacts with %2</source>
        <translation>%1 reagiert mit %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 ist gegangen</translation>
    </message>
    <message>
        <source>Back to the room</source>
        <translation>Zurück zum Raum</translation>
    </message>
    <message>
        <source>%1 and %2 left</source>
        <translation>%1 und %2 sind gegangen</translation>
    </message>
    <message>
        <source>You are in this room on another device too.</source>
        <translation>Du bist auch mit einem anderen Gerät in diesem Raum.</translation>
    </message>
    <message>
        <source>A message could not be sent. You can try again in the chat.</source>
        <translation>Eine Nachricht konnte nicht gesendet werden. Im Chat kannst du es nochmal versuchen.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Single keys work while nobody is typing. You can change them in the settings.</source>
        <translation>Einzelne Tasten gelten, solange du nicht tippst. In den Einstellungen kannst du sie ändern.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Mehr zu %1</translation>
    </message>
    <message>
        <source>Volume of %1</source>
        <translation>Lautstärke von %1</translation>
    </message>
    <message>
        <source>Guest, not signed in</source>
        <translation>Gast, nicht angemeldet</translation>
    </message>
    <message>
        <source>reconnecting…</source>
        <translation>verbindet sich neu …</translation>
    </message>
    <message>
        <source>no direct connection</source>
        <translation>keine direkte Verbindung</translation>
    </message>
    <message>
        <source>Hand raised</source>
        <translation>Hand gehoben</translation>
    </message>
    <message>
        <source>Hand raised, number %1</source>
        <translation>Hand gehoben, Nr. %1</translation>
    </message>
    <message>
        <source>microphone on</source>
        <translation>Mikrofon an</translation>
    </message>
    <message>
        <source>microphone not known</source>
        <translation>Mikrofon unbekannt</translation>
    </message>
    <message>
        <source>Find a person</source>
        <translation>Person suchen</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>Einladen</translation>
    </message>
    <message>
        <source>Copy the address for others</source>
        <translation>Adresse für andere kopieren</translation>
    </message>
    <message>
        <source>Nobody here by that name.</source>
        <translation>Niemand hier heißt so.</translation>
    </message>
    <message>
        <source>Volume for you only</source>
        <translation>Lautstärke nur für dich</translation>
    </message>
    <message>
        <source>In the room</source>
        <translation>Im Raum</translation>
    </message>
    <message>
        <source>The address is copied. Give it to others.</source>
        <translation>Die Adresse ist kopiert. Gib sie weiter.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Nobody else is here yet</source>
        <translation>Noch ist niemand sonst da</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
        <source>It opens in your browser. Is this where you want to go?</source>
        <translation>Er öffnet sich in deinem Browser. Möchtest du dorthin?</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Nobody else is here now</source>
        <translation>Jetzt ist niemand sonst da</translation>
    </message>
    <message>
        <source>Others on this computer find “%1” under this address:</source>
        <translation>Andere finden „%1“ auf diesem Computer unter dieser Adresse:</translation>
    </message>
    <message>
        <source>Others sign in at this address and join “%1”:</source>
        <translation>Andere melden sich unter dieser Adresse an und treten „%1“ bei:</translation>
    </message>
    <message numerus="yes">
        <source>%n more people. Show everybody</source>
        <translation>
            <numerusform>%n weitere Person. Alle anzeigen</numerusform>
            <numerusform>%n weitere Personen. Alle anzeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Study room</source>
        <translation>Lernraum</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>more in the room</source>
        <translation>weitere im Raum</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>People on stage</source>
        <translation>Personen auf der Bühne</translation>
    </message>
    <message>
        <source>Show my own tile</source>
        <translation>Eigene Kachel anzeigen</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Vollbild verlassen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Speaker and filmstrip</source>
        <translation>Sprecher*in und Filmstreifen</translation>
    </message>
    <message>
        <source>Shared screen and filmstrip</source>
        <translation>Geteilter Bildschirm und Filmstreifen</translation>
    </message>
    <message>
        <source>Try to connect to %1 again</source>
        <translation>Nochmal versuchen, %1 zu erreichen</translation>
    </message>
    <message>
        <source>No direct connection. Chat still works.</source>
        <translation>Keine direkte Verbindung. Der Chat geht trotzdem.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>See all sessions</source>
        <translation>Alle Treffen ansehen</translation>
    </message>
    <message>
        <source>Nothing is planned.</source>
        <translation>Nichts geplant.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Details: %1</source>
        <translation>Einzelheiten: %1</translation>
    </message>
    <message>
        <source>Next session</source>
        <translation>Nächstes Treffen</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>Nur du</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message numerus="yes">
        <source>No connection to %n people</source>
        <translation>
            <numerusform>Keine Verbindung zu %n Person</numerusform>
            <numerusform>Keine Verbindung zu %n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Poor connection</source>
        <translation>Schlechte Verbindung</translation>
    </message>
    <message>
        <source>Fair connection</source>
        <translation>Mäßige Verbindung</translation>
    </message>
    <message>
        <source>Good connection</source>
        <translation>Gute Verbindung</translation>
    </message>
    <message>
        <source>Your goal: %1</source>
        <translation>Dein Ziel: %1</translation>
    </message>
    <message>
        <source>No connection to %1</source>
        <translation>Keine Verbindung zu %1</translation>
    </message>
    <message>
        <source>Reconnecting to %1…</source>
        <translation>Verbinde neu mit %1 …</translation>
    </message>
    <message>
        <source>Recent study mates</source>
        <translation>Zuletzt mit dir gelernt</translation>
    </message>
    <message>
        <source>%1, %2 together</source>
        <translation>%1, %2 zusammen</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Anything</source>
        <translation>Alles Mögliche</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>More for “%1”</source>
        <translation>Mehr zu „%1“</translation>
    </message>
    <message numerus="yes">
        <source>%n of your minutes</source>
        <translation>
            <numerusform>%n Minute von dir</numerusform>
            <numerusform>%n Minuten von dir</numerusform>
        </translation>
    </message>
    <message>
        <source>Open to everyone</source>
        <translation>Für alle offen</translation>
    </message>
    <message>
        <source>Hosted by you</source>
        <translation>Von dir</translation>
    </message>
    <message>
        <source>Hosted by %1</source>
        <translation>Von %1</translation>
    </message>
    <message>
        <source>Back to sessions</source>
        <translation>Zurück zu den Treffen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Create session</source>
        <translation>Treffen anlegen</translation>
    </message>
    <message>
        <source>Edit session</source>
        <translation>Treffen bearbeiten</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>Änderungen speichern</translation>
    </message>
    <message>
        <source>Discard this session?</source>
        <translation>Dieses Treffen verwerfen?</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>What you have written here will be gone.</source>
        <translation>Was du hier geschrieben hast, geht verloren.</translation>
    </message>
    <message>
        <source>Discard your changes?</source>
        <translation>Deine Änderungen verwerfen?</translation>
    </message>
    <message>
        <source>The session stays as it was.</source>
        <translation>Das Treffen bleibt, wie es war.</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Wird angelegt …</translation>
    </message>
    <message>
        <source>Your title</source>
        <translation>Dein Titel</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Fach</translation>
    </message>
    <message numerus="yes">
        <source>%n fields need a look</source>
        <translation>
            <numerusform>%n Feld braucht noch einen Blick</numerusform>
            <numerusform>%n Felder brauchen noch einen Blick</numerusform>
        </translation>
    </message>
    <message>
        <source>One field needs a look</source>
        <translation>Ein Feld braucht noch einen Blick</translation>
    </message>
    <message>
        <source>How it looks in the list, for everyone signed in</source>
        <translation>So sieht es in der Liste aus, für alle Angemeldeten</translation>
    </message>
    <message>
        <source>Give it a title, so that people know what it is about.</source>
        <translation>Gib einen Titel an, damit andere wissen, worum es geht.</translation>
    </message>
    <message numerus="yes">
        <source>Use at most %n characters.</source>
        <translation>
            <numerusform>Nimm höchstens %n Zeichen.</numerusform>
            <numerusform>Nimm höchstens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Name a subject.</source>
        <translation>Nenne ein Fach.</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>Endet am %1</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 nehmen</translation>
    </message>
    <message>
        <source>End is before start.</source>
        <translation>Das Ende liegt vor dem Anfang.</translation>
    </message>
    <message>
        <source>End is the same as start.</source>
        <translation>Ende und Anfang sind gleich.</translation>
    </message>
    <message>
        <source>That time is over already.</source>
        <translation>Diese Zeit ist schon vorbei.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>This stay</source>
        <translation>Dieser Aufenthalt</translation>
    </message>
    <message>
        <source>Counted today</source>
        <translation>Heute gezählt</translation>
    </message>
    <message>
        <source>Whole minutes count, from the first one on.</source>
        <translation>Ganze Minuten zählen, ab der ersten.</translation>
    </message>
    <message>
        <source>This room has no end. Stay as long as you like.</source>
        <translation>Dieser Raum hat kein Ende. Bleib, solange du magst.</translation>
    </message>
    <message>
        <source>The planned end has passed.</source>
        <translation>Das geplante Ende ist vorbei.</translation>
    </message>
    <message>
        <source>until it begins</source>
        <translation>bis zum Beginn</translation>
    </message>
    <message>
        <source>left</source>
        <translation>übrig</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>%1. Others see their own.</source>
        <translation>%1. Andere sehen ihre eigene Zeit.</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>Das Wichtigste</translation>
    </message>
    <message>
        <source>What people see in the list.</source>
        <translation>Was andere in der Liste sehen.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>How many can sit in it, you included.</source>
        <translation>Wie viele hineinpassen, dich eingeschlossen.</translation>
    </message>
    <message>
        <source>Back to room</source>
        <translation>Zurück zum Raum</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>Du bist hier</translation>
    </message>
    <message>
        <source>Live now</source>
        <translation>Läuft gerade</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgesagt</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>See notes</source>
        <translation>Notizen lesen</translation>
    </message>
    <message>
        <source>Tell me if free</source>
        <translation>Sag mir, wenn frei</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>Vormerken</translation>
    </message>
    <message>
        <source>We’ll tell you</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Do not tell me any more</source>
        <translation>Vormerkung aufheben</translation>
    </message>
    <message>
        <source>Tell me if a place frees up</source>
        <translation>Sag mir Bescheid, wenn ein Platz frei wird</translation>
    </message>
    <message>
        <source>Tell me when it starts</source>
        <translation>Sag mir Bescheid, wenn es losgeht</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Which days to show</source>
        <translation>Welche Tage angezeigt werden</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Search title, subject or host</source>
        <translation>Titel, Fach oder Name suchen</translation>
    </message>
    <message>
        <source>Only with free places</source>
        <translation>Nur mit freien Plätzen</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Vorbei</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>Cancel session…</source>
        <translation>Treffen absagen …</translation>
    </message>
    <message>
        <source>Delete session…</source>
        <translation>Treffen löschen …</translation>
    </message>
    <message>
        <source>Earlier today</source>
        <translation>Heute vorbei</translation>
    </message>
    <message>
        <source>Nothing matches what you chose.</source>
        <translation>Nichts passt zu deiner Auswahl.</translation>
    </message>
    <message>
        <source>Nothing matches “%1”.</source>
        <translation>Nichts passt zu „%1“.</translation>
    </message>
    <message>
        <source>No sessions today.</source>
        <translation>Heute gibt es keine Treffen.</translation>
    </message>
    <message>
        <source>No sessions this week.</source>
        <translation>Diese Woche gibt es keine Treffen.</translation>
    </message>
    <message>
        <source>No sessions yet.</source>
        <translation>Noch gibt es keine Treffen.</translation>
    </message>
    <message>
        <source>Open one and others will find it.</source>
        <translation>Leg eins an, dann finden es andere.</translation>
    </message>
    <message>
        <source>When a tutor opens one, it appears here by itself.</source>
        <translation>Sobald jemand eins anlegt, erscheint es hier von selbst.</translation>
    </message>
    <message numerus="yes">
        <source>%n live now</source>
        <translation>
            <numerusform>%n läuft gerade</numerusform>
            <numerusform>%n laufen gerade</numerusform>
        </translation>
    </message>
    <message>
        <source>times shown in %1</source>
        <translation>Zeiten in %1</translation>
    </message>
    <message>
        <source>Since %1 · until %2</source>
        <translation>Seit %1 · bis %2</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Tonight</source>
        <translation>Heute Abend</translation>
    </message>
    <message>
        <source>Later today</source>
        <translation>Später heute</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Morgen</translation>
    </message>
    <message numerus="yes">
        <source>Starts in %n min</source>
        <translation>
            <numerusform>Beginnt in %n min</numerusform>
            <numerusform>Beginnt in %n min</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 time</source>
        <translation>Ortszeit %1</translation>
    </message>
    <message>
        <source>%1 is needed for moving about</source>
        <translation>%1 wird gebraucht, um sich zu bewegen</translation>
    </message>
    <message>
        <source>Already used by %1</source>
        <translation>Schon vergeben: %1</translation>
    </message>
    <message>
        <source>Microphone and speaker</source>
        <translation>Mikrofon und Lautsprecher</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Hear nobody</source>
        <translation>Niemanden hören</translation>
    </message>
    <message>
        <source>Sound settings…</source>
        <translation>Ton-Einstellungen …</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Body-double mode: a still every 10 s</source>
        <translation>Body-Double: alle 10 s ein Standbild</translation>
    </message>
    <message>
        <source>%1 ends the app</source>
        <translation>%1 beendet die App</translation>
    </message>
    <message>
        <source>Push to talk (hold)</source>
        <translation>Zum Sprechen halten</translation>
    </message>
    <message>
        <source>Share screen</source>
        <translation>Bildschirm teilen</translation>
    </message>
    <message>
        <source>Raise hand</source>
        <translation>Hand heben</translation>
    </message>
    <message>
        <source>Next layout</source>
        <translation>Nächste Ansicht</translation>
    </message>
    <message>
        <source>Previous layout</source>
        <translation>Vorherige Ansicht</translation>
    </message>
    <message>
        <source>Pin a tile</source>
        <translation>Kachel anheften</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Mini window</source>
        <translation>Minifenster</translation>
    </message>
    <message>
        <source>Go to the control bar</source>
        <translation>Zur Steuerleiste</translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation>Alle Tastenkürzel</translation>
    </message>
    <message>
        <source>Sign in or create an account</source>
        <translation>Anmelden oder Konto anlegen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>What others in your rooms and the server know you by.</source>
        <translation>Woran dich andere in deinen Räumen und der Server erkennen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>You sign in with it. Other people do not see it.</source>
        <translation>Damit meldest du dich an. Andere sehen sie nicht.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Creating your account…</source>
        <translation>Dein Konto wird angelegt …</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Du wirst angemeldet …</translation>
    </message>
    <message>
        <source>Tell people what to call you.</source>
        <translation>Sag den anderen, wie du heißt.</translation>
    </message>
    <message>
        <source>This does not look like an email address.</source>
        <translation>Das sieht nicht wie eine E-Mail-Adresse aus.</translation>
    </message>
    <message>
        <source>Type your email address.</source>
        <translation>Gib deine E-Mail-Adresse ein.</translation>
    </message>
    <message>
        <source>Type a password.</source>
        <translation>Gib ein Passwort ein.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Gib dein Passwort ein.</translation>
    </message>
    <message numerus="yes">
        <source>Use at least %n characters. A short sentence works well.</source>
        <translation>
            <numerusform>Nimm mindestens %n Zeichen. Ein kurzer Satz ist gut geeignet.</numerusform>
            <numerusform>Nimm mindestens %n Zeichen. Ein kurzer Satz ist gut geeignet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>Willkommen zurück</translation>
    </message>
    <message>
        <source>Create an account, or sign in if you have one.</source>
        <translation>Leg ein Konto an, oder melde dich an, wenn du eins hast.</translation>
    </message>
    <message>
        <source>Sign in to see the sessions of your study group.</source>
        <translation>Melde dich an, um die Treffen deiner Lerngruppe zu sehen.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n characters. A short sentence works well.</source>
        <translation>
            <numerusform>Mindestens %n Zeichen. Ein kurzer Satz ist gut geeignet.</numerusform>
            <numerusform>Mindestens %n Zeichen. Ein kurzer Satz ist gut geeignet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deskmates: study side by side, wherever your desk is.</source>
        <translation>Deskmates: Lernt Seite an Seite, wo auch immer euer Schreibtisch steht.</translation>
    </message>
    <message>
        <source>Your calls go directly between you and your study mates.</source>
        <translation>Eure Gespräche laufen direkt zwischen euren Geräten.</translation>
    </message>
    <message>
        <source>Study side by side,</source>
        <translation>Lernt Seite an Seite,</translation>
    </message>
    <message>
        <source>wherever your desk is.</source>
        <translation>wo ihr auch sitzt.</translation>
    </message>
    <message>
        <source>Quiet company, and a tutor when stuck.</source>
        <translation>Stille Gesellschaft, und Hilfe, wenn es klemmt.</translation>
    </message>
    <message>
        <source>Page 112 helps</source>
        <translation>Seite 112 hilft</translation>
    </message>
    <message>
        <source>Problem set 4</source>
        <translation>Übungsblatt 4</translation>
    </message>
    <message>
        <source>Done together</source>
        <translation>Zusammen geschafft</translation>
    </message>
    <message>
        <source>Start a room on this computer</source>
        <translation>Auf diesem Computer einen Raum starten</translation>
    </message>
    <message>
        <source>No account, no server. Just a name.</source>
        <translation>Kein Konto, kein Server. Nur ein Name.</translation>
    </message>
    <message>
        <source>or without an account</source>
        <translation>oder ohne Konto</translation>
    </message>
    <message>
        <source>I am a</source>
        <translation>Ich bin</translation>
    </message>
    <message>
        <source>Join sessions, study along</source>
        <translation>Mitmachen, mitlernen</translation>
    </message>
    <message>
        <source>Offer sessions of your own</source>
        <translation>Eigene Treffen anbieten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Change the server</source>
        <translation>Server ändern</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>What leaves this computer, and to whom.</source>
        <translation>Was diesen Computer verlässt und wohin es geht.</translation>
    </message>
    <message>
        <source>Picture and sound go straight to the people in your room, encrypted; the server does not get them.</source>
        <translation>Bild und Ton gehen verschlüsselt direkt zu den Personen in deinem Raum; der Server bekommt sie nicht.</translation>
    </message>
    <message>
        <source>Chat, your name, and when you are in which room go to the server you signed in to, and it keeps them.</source>
        <translation>Chat, dein Name und wann du in welchem Raum bist, gehen an den Server, bei dem du angemeldet bist, und er behält sie.</translation>
    </message>
    <message>
        <source>Your address on the network is seen by the server, its relays, and those you are connected to.</source>
        <translation>Deine Netzadresse sehen der Server, seine Relays und alle, mit denen du verbunden bist.</translation>
    </message>
    <message>
        <source>Nothing is sent to anybody else: no statistics, no advertising, no crash reports.</source>
        <translation>An niemanden sonst wird etwas gesendet: keine Statistiken, keine Werbung, keine Absturzberichte.</translation>
    </message>
    <message>
        <source>Clear local data…</source>
        <translation>Lokale Daten löschen …</translation>
    </message>
    <message>
        <source>Sign out and delete settings, drafts, unsent messages, study records and rooms that were hosted on this computer? What the server keeps stays there.</source>
        <translation>Abmelden und Einstellungen, Entwürfe, nicht gesendete Nachrichten, Lernzeiten und Räume auf diesem Computer löschen? Was der Server behält, bleibt dort.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>You are in a room. Leave it first.</source>
        <translation>Du bist in einem Raum. Verlasse ihn zuerst.</translation>
    </message>
    <message>
        <source>Not everything could be deleted: %1</source>
        <translation>Nicht alles konnte gelöscht werden: %1</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Tell others this address: they sign in there to find you.</source>
        <translation>Gib anderen diese Adresse: Dort melden sie sich an, um dich zu finden.</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Serveradresse</translation>
    </message>
    <message>
        <source>Use another server…</source>
        <translation>Anderen Server benutzen …</translation>
    </message>
    <message>
        <source>Signs you out; then you choose the server and sign in there.</source>
        <translation>Meldet dich ab; dann wählst du den Server und meldest dich dort an.</translation>
    </message>
    <message>
        <source>To use another server, you sign out here and in there.</source>
        <translation>Für einen anderen Server meldest du dich hier ab und dort an.</translation>
    </message>
    <message>
        <source>A room on this computer is open at %1.</source>
        <translation>Ein Raum auf diesem Computer ist offen unter %1.</translation>
    </message>
    <message>
        <source>Accessibility</source>
        <translation>Barrierefreiheit</translation>
    </message>
    <message>
        <source>The app follows what your system asks for.</source>
        <translation>Die App richtet sich nach deinem System.</translation>
    </message>
    <message>
        <source>Everything works by keyboard. In a room F2 leads to the controls.</source>
        <translation>Alles geht mit der Tastatur. Im Raum führt F2 zur Steuerung.</translation>
    </message>
    <message>
        <source>Screen readers hear who joins and leaves, raised hands and lost connections.</source>
        <translation>Screenreader sagen an, wer kommt und geht, wer die Hand hebt und wenn die Verbindung abreißt.</translation>
    </message>
    <message>
        <source>High contrast can be chosen under Appearance, or comes with the system’s setting.</source>
        <translation>Hoher Kontrast lässt sich unter „Aussehen“ wählen oder folgt dem System.</translation>
    </message>
    <message>
        <source>Where the system asks for less motion, nothing moves here.</source>
        <translation>Wünscht das System weniger Bewegung, bewegt sich hier nichts.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Deskmates %1</source>
        <translation>Deskmates %1</translation>
    </message>
    <message>
        <source>A desk beside others: study together over video, natively.</source>
        <translation>Ein Schreibtisch neben anderen: gemeinsam lernen per Video, in einer echten App.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>As whoever runs it told you, like study.example.org</source>
        <translation>So, wie du sie bekommen hast, etwa lernen.example.org</translation>
    </message>
    <message>
        <source>This does not look like an address. Try one like study.example.org.</source>
        <translation>Das sieht nicht wie eine Adresse aus. Versuche eine wie lernen.example.org.</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>Server: %1</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Others in the room see it.</source>
        <translation>Die anderen im Raum sehen ihn.</translation>
    </message>
    <message>
        <source>Start room</source>
        <translation>Raum starten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Starting the room…</source>
        <translation>Raum wird gestartet …</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Die Adresse kopieren</translation>
    </message>
    <message>
        <source>Address copied</source>
        <translation>Adresse kopiert</translation>
    </message>
    <message>
        <source>Others in your network join here</source>
        <translation>Andere in deinem Netz kommen hier dazu</translation>
    </message>
    <message>
        <source>They type this address as their server, create an account there and find your room in the list.</source>
        <translation>Sie geben diese Adresse als ihren Server ein, legen dort ein Konto an und finden deinen Raum in der Liste.</translation>
    </message>
    <message>
        <source>Your computer is the meeting place: no account and no other server. The room ends with the app.</source>
        <translation>Dein Computer ist der Treffpunkt: kein Konto, kein anderer Server. Der Raum endet mit der App.</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>We can’t reach %1. Check the address, or ask whoever runs it.</source>
        <translation>Wir erreichen %1 nicht. Prüfe die Adresse oder frag die Person, die den Server betreibt.</translation>
    </message>
    <message>
        <source>You’ve been signed out for safety. Sign in again to go on.</source>
        <translation>Du wurdest zur Sicherheit abgemeldet. Melde dich wieder an, um weiterzumachen.</translation>
    </message>
    <message>
        <source>We can’t start a room on this computer: its folder can’t be written to, or the disk is full.</source>
        <translation>Auf diesem Computer lässt sich kein Raum öffnen: In seinen Ordner kann nicht geschrieben werden, oder der Speicher ist voll.</translation>
    </message>
    <message>
        <source>the others</source>
        <translation>die anderen</translation>
    </message>
    <message>
        <source>“%1” is not saved. What you wrote is still in the form.</source>
        <translation>„%1“ ist nicht gespeichert. Was du geschrieben hast, steht noch im Formular.</translation>
    </message>
    <message>
        <source>The server’s answer made no sense to us. It may be a different version.</source>
        <translation>Wir verstehen die Antwort des Servers nicht. Vielleicht ist es eine andere Version.</translation>
    </message>
    <message>
        <source>Something went wrong on our side. Try again; if it stays, restart the app.</source>
        <translation>Bei uns ist etwas schiefgegangen. Versuche es nochmal; wenn es dabei bleibt, starte die App neu.</translation>
    </message>
    <message>
        <source>This session is full (%1 of %1).</source>
        <translation>Dieses Treffen ist voll (%1 von %1).</translation>
    </message>
    <message>
        <source>This session is full.</source>
        <translation>Dieses Treffen ist voll.</translation>
    </message>
    <message>
        <source>We’ll tell you when a place frees up.</source>
        <translation>Wir sagen Bescheid, wenn ein Platz frei wird.</translation>
    </message>
    <message>
        <source>This session has ended.</source>
        <translation>Dieses Treffen ist zu Ende.</translation>
    </message>
    <message>
        <source>This session does not exist any more.</source>
        <translation>Dieses Treffen gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>That was a bit fast. Wait a moment, then try again.</source>
        <translation>Das war etwas schnell. Warte kurz und versuche es dann nochmal.</translation>
    </message>
    <message>
        <source>That is too long to be sent.</source>
        <translation>Das ist zu lang zum Senden.</translation>
    </message>
    <message>
        <source>The server could not do that. Try again in a moment.</source>
        <translation>Das hat auf dem Server nicht geklappt. Versuche es gleich nochmal.</translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation>Der Server sagt: %1</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>Es gibt nichts zu senden.</translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent. Try again when you are back online.</source>
        <translation>Zu viele Nachrichten warten darauf, gesendet zu werden. Versuche es nochmal, wenn du wieder online bist.</translation>
    </message>
    <message>
        <source>Your message can’t be kept on this computer, so it is not sent. The disk may be full.</source>
        <translation>Deine Nachricht lässt sich auf diesem Computer nicht speichern und wird deshalb nicht gesendet. Vielleicht ist die Festplatte voll.</translation>
    </message>
    <message>
        <source>Another app is using your %1. Close it, then try again.</source>
        <translation>%1 belegt: Eine andere App benutzt das Gerät gerade. Schließe sie und versuche es nochmal.</translation>
    </message>
    <message>
        <source>No %1 found. Plug one in; we’ll notice.</source>
        <translation>%1 nicht gefunden. Schließ das Gerät an; wir merken es.</translation>
    </message>
    <message>
        <source>Your %1 is on but sends nothing. Unplug it and plug it in again, or choose another one.</source>
        <translation>%1: Das Gerät ist an, sendet aber nichts. Zieh es ab und steck es wieder an, oder wähle ein anderes.</translation>
    </message>
    <message>
        <source>This clip has no sound, so it can’t be your %1.</source>
        <translation>Dieser Clip hat keinen Ton und taugt deshalb nicht als %1.</translation>
    </message>
    <message>
        <source>Your %1 could not be started. Try again, or choose another one.</source>
        <translation>%1: Das Gerät konnte nicht gestartet werden. Versuche es nochmal, oder wähle ein anderes.</translation>
    </message>
    <message>
        <source>The window or screen you shared is not there any more.</source>
        <translation>Das Fenster oder der Bildschirm, den du geteilt hast, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Nothing came from that screen or window. Choose another one.</source>
        <translation>Von diesem Bildschirm oder Fenster kam nichts. Wähle etwas anderes.</translation>
    </message>
    <message>
        <source>That screen or window could not be shared. Try again, or choose another one.</source>
        <translation>Dieser Bildschirm oder dieses Fenster ließ sich nicht teilen. Versuch es noch einmal oder wähle etwas anderes.</translation>
    </message>
    <message>
        <source>You can join without video.</source>
        <translation>Du kannst ohne Video teilnehmen.</translation>
    </message>
    <message>
        <source>You can still listen and chat.</source>
        <translation>Zuhören und chatten kannst du trotzdem.</translation>
    </message>
    <message>
        <source>You can still see everyone and chat.</source>
        <translation>Du siehst alle und kannst chatten.</translation>
    </message>
    <message>
        <source>Screen &amp; System Audio Recording</source>
        <translation>Bildschirm- &amp; Systemaudioaufnahme</translation>
    </message>
    <message>
        <source>macOS is blocking the %1. Turn it on in System Settings › Privacy &amp; Security › %2, then reopen the app.</source>
        <translation>%1 gesperrt: macOS lässt das Gerät nicht zu. Schalte es unter Systemeinstellungen › Datenschutz &amp; Sicherheit › %2 frei und öffne die App dann neu.</translation>
    </message>
    <message>
        <source>Windows is blocking the %1. Turn on “Let desktop apps access your %1”.</source>
        <translation>%1 gesperrt: Windows lässt das Gerät nicht zu. Erlaube Desktop-Apps in den Einstellungen unter „Datenschutz und Sicherheit“ den Zugriff.</translation>
    </message>
    <message>
        <source>This computer does not let us use the %1. Allow it in the system’s settings, then try again.</source>
        <translation>%1 gesperrt: Dieser Computer lässt das Gerät nicht zu. Erlaube es in den Systemeinstellungen und versuche es dann nochmal.</translation>
    </message>
    <message>
        <source>We can’t connect you and %1 directly; one network blocks it. Chat still works. The host can add a relay (TURN) to fix this.</source>
        <translation>Wir können dich und %1 nicht direkt verbinden; eines der Netze lässt es nicht zu. Der Chat geht trotzdem. Wer den Server betreibt, kann das mit einem Relay (TURN) beheben.</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 Treffen</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions</source>
        <translation>
            <numerusform>%n Treffen</numerusform>
            <numerusform>%n Treffen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 Person</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n Person</numerusform>
            <numerusform>%n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>What you study can’t be written down on this computer. Is the disk full, or read-only?</source>
        <translation>Was du lernst, lässt sich auf diesem Computer nicht festhalten. Ist die Festplatte voll oder schreibgeschützt?</translation>
    </message>
    <message>
        <source>Days from other computers may be missing.</source>
        <translation>Tage von anderen Computern fehlen vielleicht.</translation>
    </message>
    <message>
        <source>Study in the last 365 days</source>
        <translation>Lernen in den letzten 365 Tagen</translation>
    </message>
    <message>
        <source>Week from %1</source>
        <translation>Woche ab %1</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>We can hear you</source>
        <translation>Wir hören dich</translation>
    </message>
    <message>
        <source>Say something</source>
        <translation>Sag etwas</translation>
    </message>
    <message>
        <source>Microphone is off</source>
        <translation>Mikrofon ist aus</translation>
    </message>
    <message>
        <source>Streak</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Longest: %1</source>
        <translation>Längste: %1</translation>
    </message>
    <message>
        <source>Start today.</source>
        <translation>Fang heute an.</translation>
    </message>
    <message>
        <source>Studied this week: %1</source>
        <translation>Diese Woche gelernt: %1</translation>
    </message>
    <message>
        <source>Not studied this week yet</source>
        <translation>Diese Woche noch nicht gelernt</translation>
    </message>
    <message>
        <source>Change the daily target</source>
        <translation>Tagesziel ändern</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Target reached</source>
        <translation>Ziel erreicht</translation>
    </message>
    <message>
        <source>%1 to go</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 of %2 studied today</source>
        <translation>%1 von %2 heute gelernt</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin to the large place</source>
        <translation>Groß anheften</translation>
    </message>
    <message>
        <source>Show video</source>
        <translation>Video zeigen</translation>
    </message>
    <message>
        <source>Hide video for me</source>
        <translation>Video für mich ausblenden</translation>
    </message>
    <message>
        <source>Copy connection details</source>
        <translation>Verbindungsdaten kopieren</translation>
    </message>
    <message>
        <source>Hide my own tile</source>
        <translation>Eigene Kachel ausblenden</translation>
    </message>
    <message>
        <source>Volume, %1 %</source>
        <translation>Lautstärke, %1 %</translation>
    </message>
    <message>
        <source>Thumbs up</source>
        <translation>Daumen hoch</translation>
    </message>
    <message>
        <source>Clapping</source>
        <translation>Applaus</translation>
    </message>
    <message>
        <source>Party</source>
        <translation>Party</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>Herz</translation>
    </message>
    <message>
        <source>Laughing</source>
        <translation>Lachen</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Nachdenken</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>Weiter so</translation>
    </message>
    <message>
        <source>Coffee break</source>
        <translation>Kaffeepause</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>Reaktionen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Show the whole screen</source>
        <translation>Ganzen Bildschirm zeigen</translation>
    </message>
    <message>
        <source>%1 is sharing</source>
        <translation>%1 teilt den Bildschirm</translation>
    </message>
    <message>
        <source>The screen is on its way…</source>
        <translation>Der Bildschirm ist unterwegs …</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Default (%1)</source>
        <translation>Standard (%1)</translation>
    </message>
    <message>
        <source>Test picture and tone</source>
        <translation>Testbild und Testton</translation>
    </message>
    <message>
        <source>Clip %1</source>
        <translation>Clip %1</translation>
    </message>
    <message>
        <source>The %1 of last time</source>
        <translation>%1 vom letzten Mal</translation>
    </message>
    <message>
        <source>%1 is away: using %2</source>
        <translation>%1 ist weg: wir benutzen %2</translation>
    </message>
    <message>
        <source>%1 (not plugged in)</source>
        <translation>%1 (nicht angeschlossen)</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>No microphone found</source>
        <translation>Kein Mikrofon gefunden</translation>
    </message>
    <message>
        <source>No speaker found</source>
        <translation>Kein Lautsprecher gefunden</translation>
    </message>
    <message>
        <source>Play chime</source>
        <translation>Testton</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Playing…</source>
        <translation>Wird abgespielt …</translation>
    </message>
    <message>
        <source>Did you hear it?</source>
        <translation>Hast du es gehört?</translation>
    </message>
    <message>
        <source>Good. Others will come from there.</source>
        <translation>Gut. Von dort hörst du die anderen.</translation>
    </message>
    <message>
        <source>Turn the volume up, or choose another speaker above.</source>
        <translation>Dreh lauter, oder wähle oben einen anderen Lautsprecher.</translation>
    </message>
    <message>
        <source>Good morning</source>
        <translation>Guten Morgen</translation>
    </message>
    <message>
        <source>Good afternoon</source>
        <translation>Guten Tag</translation>
    </message>
    <message>
        <source>Good evening</source>
        <translation>Guten Abend</translation>
    </message>
    <message>
        <source>target reached</source>
        <translation>Ziel erreicht</translation>
    </message>
    <message>
        <source>%1 to today’s target</source>
        <translation>noch %1 bis zum Tagesziel</translation>
    </message>
    <message>
        <source>Licences – Deskmates</source>
        <translation>Lizenzen – Deskmates</translation>
    </message>
    <message>
        <source>Find a part</source>
        <translation>Bestandteil suchen</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Bestandteile</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>Zeichnungen</translation>
    </message>
    <message>
        <source>Demo clips</source>
        <translation>Demo-Clips</translation>
    </message>
    <message>
        <source>Select everything</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Did you reach your goal?</source>
        <translation>Hast du dein Ziel erreicht?</translation>
    </message>
    <message>
        <source>Save notes as Markdown</source>
        <translation>Notizen speichern</translation>
    </message>
    <message>
        <source>Rejoin</source>
        <translation>Wieder beitreten</translation>
    </message>
    <message>
        <source>Back to Home</source>
        <translation>Zurück zur Startseite</translation>
    </message>
    <message>
        <source>Nice work</source>
        <translation>Gut gemacht</translation>
    </message>
    <message>
        <source>See you soon</source>
        <translation>Bis bald</translation>
    </message>
    <message>
        <source>You left “%1” at %2.</source>
        <translation>Du hast „%1“ um %2 verlassen.</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>gezählt</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>streak</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Less than a minute does not count. Closing this window is fine.</source>
        <translation>Weniger als eine Minute zählt nicht. Du kannst das Fenster schließen.</translation>
    </message>
    <message>
        <source>Closing this window is fine. Your minutes are saved here; the server is told when we reach it.</source>
        <translation>Du kannst das Fenster schließen. Deine Minuten sind hier gespeichert; der Server erfährt es, sobald wir ihn erreichen.</translation>
    </message>
    <message>
        <source>Closing this window is fine. Your minutes are saved.</source>
        <translation>Du kannst das Fenster schließen. Deine Minuten sind gespeichert.</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weitere Person</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Save elsewhere</source>
        <translation>Woanders speichern</translation>
    </message>
    <message>
        <source>Notes saved</source>
        <translation>Notizen gespeichert</translation>
    </message>
    <message>
        <source>With you</source>
        <translation>Mit dabei</translation>
    </message>
    <message>
        <source>The details about %1 are copied.</source>
        <translation>Die Einzelheiten zu %1 sind kopiert.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Remembered per device. Switching never unmutes you.</source>
        <translation>Wird für jedes Gerät gemerkt. Ein Wechsel hebt die Stummschaltung nie auf.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Test the camera</source>
        <translation>Kamera testen</translation>
    </message>
    <message>
        <source>Test the microphone</source>
        <translation>Mikrofon testen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Test beenden</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1: %2. Change</source>
        <translation>%1: %2. Ändern</translation>
    </message>
    <message>
        <source>Press a key…</source>
        <translation>Taste drücken …</translation>
    </message>
    <message>
        <source>Press a key. Escape keeps what is, Backspace turns it off.</source>
        <translation>Drück eine Taste. Escape behält die bisherige, Rücktaste schaltet sie aus.</translation>
    </message>
    <message>
        <source>Usual keys for %1</source>
        <translation>Übliche Tasten für %1</translation>
    </message>
    <message>
        <source>Pin with 1 to 9: on. Turn off</source>
        <translation>Anheften mit 1 bis 9: an. Ausschalten</translation>
    </message>
    <message>
        <source>Pin with 1 to 9: off. Turn on</source>
        <translation>Anheften mit 1 bis 9: aus. Einschalten</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Active in rooms only, never while you type.</source>
        <translation>Nur in Räumen aktiv, nie beim Tippen.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <source>No action is called that.</source>
        <translation>Keine Aktion heißt so.</translation>
    </message>
    <message>
        <source>All shortcuts are as usual again</source>
        <translation>Alle Tastenkürzel sind wieder wie üblich</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Dates and times are written the way this computer writes them.</source>
        <translation>Datum und Uhrzeit werden so geschrieben, wie dieser Computer sie schreibt.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Nothing to see here: minimised, protected or not allowed</source>
        <translation>Hier ist nichts zu sehen: minimiert, geschützt oder nicht erlaubt</translation>
    </message>
    <message>
        <source>Share your screen</source>
        <translation>Deinen Bildschirm teilen</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>There is no screen or window here that could be shared.</source>
        <translation>Hier gibt es keinen Bildschirm und kein Fenster zum Teilen.</translation>
    </message>
    <message>
        <source>Entire screen</source>
        <translation>Ganzer Bildschirm</translation>
    </message>
    <message>
        <source>Screen %1</source>
        <translation>Bildschirm %1</translation>
    </message>
    <message>
        <source>Your desktop will ask which screen everyone may see.</source>
        <translation>Dein Desktop fragt gleich, welchen Bildschirm alle sehen dürfen.</translation>
    </message>
    <message>
        <source>Everyone in the room will see what you choose, until you stop.</source>
        <translation>Alle im Raum sehen, was du auswählst, bis du aufhörst.</translation>
    </message>
    <message>
        <source>Minutes per week; arrow keys walk through the weeks</source>
        <translation>Minuten pro Woche; mit den Pfeiltasten durch die Wochen</translation>
    </message>
    <message>
        <source>What the table shows</source>
        <translation>Was die Tabelle zeigt</translation>
    </message>
    <message>
        <source>Weeks</source>
        <translation>Wochen</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Aufenthalte</translation>
    </message>
    <message>
        <source>What was studied</source>
        <translation>Was gelernt wurde</translation>
    </message>
    <message>
        <source>Nothing to count yet. A minute in a room is enough.</source>
        <translation>Noch gibt es nichts zu zählen. Eine Minute in einem Raum genügt.</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>%1 heute</translation>
    </message>
    <message numerus="yes">
        <source>on %n days</source>
        <translation>
            <numerusform>an %n Tag</numerusform>
            <numerusform>an %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Goals reached</source>
        <translation>Erreichte Ziele</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Treffen</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Erreicht</translation>
    </message>
    <message>
        <source>Minutes are those of this computer; days are those of your account.</source>
        <translation>Die Minuten zählt dieser Computer, die Tage dein Konto.</translation>
    </message>
    <message>
        <source>Per week</source>
        <translation>Pro Woche</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>None was asked about yet</source>
        <translation>Noch wurde nach keinem gefragt</translation>
    </message>
    <message>
        <source>%1 partly</source>
        <translation>%1 teilweise</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>No notifications of messages, raised hands and people who come.</source>
        <translation>Keine Mitteilungen über Nachrichten, Handzeichen und Neue im Raum.</translation>
    </message>
    <message>
        <source>You are in a room: change it there, under More.</source>
        <translation>Du bist in einem Raum: Ändere es dort, unter „Mehr“.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Which subject to show</source>
        <translation>Welches Fach angezeigt wird</translation>
    </message>
    <message>
        <source>More subjects</source>
        <translation>Weitere Fächer</translation>
    </message>
    <message>
        <source>All subjects</source>
        <translation>Alle Fächer</translation>
    </message>
    <message>
        <source>Cancel “%1”?</source>
        <translation>„%1“ absagen?</translation>
    </message>
    <message>
        <source>It stays in the list as cancelled, and nobody can join it any more.</source>
        <translation>Es bleibt als abgesagt in der Liste, und niemand kann mehr beitreten.</translation>
    </message>
    <message>
        <source>Cancel session</source>
        <translation>Treffen absagen</translation>
    </message>
    <message>
        <source>Delete “%1”?</source>
        <translation>„%1“ löschen?</translation>
    </message>
    <message>
        <source>The session and its chat are deleted on the server. Notes on the computers of those who were there stay.</source>
        <translation>Das Treffen und sein Chat werden auf dem Server gelöscht. Notizen auf den Computern derer, die dabei waren, bleiben.</translation>
    </message>
    <message>
        <source>Delete session</source>
        <translation>Treffen löschen</translation>
    </message>
    <message>
        <source>Notes of “%1”</source>
        <translation>Notizen zu „%1“</translation>
    </message>
    <message>
        <source>“%1” was cancelled.</source>
        <translation>„%1“ wurde abgesagt.</translation>
    </message>
    <message>
        <source>A place is free in “%1”.</source>
        <translation>In „%1“ ist ein Platz frei.</translation>
    </message>
    <message>
        <source>“%1” has begun, and it is full. We’ll tell you when a place frees up.</source>
        <translation>„%1“ hat begonnen und ist voll. Wir sagen Bescheid, wenn ein Platz frei wird.</translation>
    </message>
    <message>
        <source>“%1” has begun.</source>
        <translation>„%1“ hat begonnen.</translation>
    </message>
    <message numerus="yes">
        <source>“%1” begins in %n min. You can go in now.</source>
        <translation>
            <numerusform>„%1“ beginnt in %n Minute. Du kannst schon hinein.</numerusform>
            <numerusform>„%1“ beginnt in %n Minuten. Du kannst schon hinein.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n neue Nachricht</numerusform>
            <numerusform>%n neue Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>You can still change it when you leave.</source>
        <translation>Beim Verlassen kannst du es noch ändern.</translation>
    </message>
    <message>
        <source>You are sharing a window</source>
        <translation>Du teilst ein Fenster</translation>
    </message>
    <message>
        <source>You are sharing your screen</source>
        <translation>Du teilst deinen Bildschirm</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Nicht mehr teilen</translation>
    </message>
    <message>
        <source>Stop sharing the window</source>
        <translation>Fenster nicht mehr teilen</translation>
    </message>
    <message>
        <source>You are no longer sharing</source>
        <translation>Du teilst nichts mehr</translation>
    </message>
</context>
</TS>
