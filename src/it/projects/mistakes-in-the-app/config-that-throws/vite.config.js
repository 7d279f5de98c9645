throw new Error('TIDE_STATION is not set');
