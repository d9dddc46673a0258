{{ crm_warehouse.accepted('crm', 'service_tickets') }}
